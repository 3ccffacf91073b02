/// Whether the agent can see: witnesses of its own network, and clocks that tell whether it was
/// stopped.
@NullMarked
package dev.allclear.agent.sight;

import org.jspecify.annotations.NullMarked;
