/// The metrics of recovery, M1 to M10: pure functions of an outage and of what was claimed of it.
@NullMarked
package dev.allclear.agent.recovery;

import org.jspecify.annotations.NullMarked;
