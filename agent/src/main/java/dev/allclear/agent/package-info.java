/// The composition root: constructs what the config asks for, connects it, closes it in reverse.
@NullMarked
package dev.allclear.agent;

import org.jspecify.annotations.NullMarked;
