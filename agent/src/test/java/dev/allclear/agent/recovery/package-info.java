/// Tests of the metrics of recovery.
@NullMarked
package dev.allclear.agent.recovery;

import org.jspecify.annotations.NullMarked;
