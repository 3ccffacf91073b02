/// Connections that are held open to notice at once that they break, which then is looked into by
/// the detection itself.
@NullMarked
package dev.allclear.agent.tripwire;

import org.jspecify.annotations.NullMarked;
