/// Tests of the fold: tables of what must happen, and soundness over random histories.
@NullMarked
package dev.allclear.agent.outage;

import org.jspecify.annotations.NullMarked;
