/// Allclear as its users meet it: the real `bin/allclear` against real daemons.
@NullMarked
package dev.allclear.agent.outside;

import org.jspecify.annotations.NullMarked;
