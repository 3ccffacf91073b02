/// When each probe runs: sparse while healthy, at once on suspicion, fast around both edges of an
/// outage.
@NullMarked
package dev.allclear.agent.schedule;

import org.jspecify.annotations.NullMarked;
