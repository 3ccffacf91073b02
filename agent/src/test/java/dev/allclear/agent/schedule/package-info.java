/// Tests of the schedule, on a clock that is turned by hand.
@NullMarked
package dev.allclear.agent.schedule;

import org.jspecify.annotations.NullMarked;
