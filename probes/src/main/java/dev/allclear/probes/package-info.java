/// The vocabulary: what a probe is, what one run of it yields, and the interval arithmetic that
/// every printed time rests on.
@NullMarked
package dev.allclear.probes;

import org.jspecify.annotations.NullMarked;
