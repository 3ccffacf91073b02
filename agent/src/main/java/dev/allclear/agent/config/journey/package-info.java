/// Reads journeys, their steps, and what these send, expect and keep.
@NullMarked
package dev.allclear.agent.config.journey;

import org.jspecify.annotations.NullMarked;
