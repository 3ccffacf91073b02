/// Tracks names: asks their authorities and every cache when the plan wants it, notices changes,
/// and tells how far they have spread.
@NullMarked
package dev.allclear.agent.propagation;

import org.jspecify.annotations.NullMarked;
