/// What must hold of an answer, and what is kept of it.
@NullMarked
package dev.allclear.probes.expect;

import org.jspecify.annotations.NullMarked;
