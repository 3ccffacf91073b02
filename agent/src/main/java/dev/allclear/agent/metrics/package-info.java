/// Observations and events as meters that Prometheus scrapes. Nothing here can change what
/// happened.
@NullMarked
package dev.allclear.agent.metrics;

import org.jspecify.annotations.NullMarked;
