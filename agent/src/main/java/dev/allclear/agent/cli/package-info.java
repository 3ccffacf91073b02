/// The commands.
@NullMarked
package dev.allclear.agent.cli;

import org.jspecify.annotations.NullMarked;
