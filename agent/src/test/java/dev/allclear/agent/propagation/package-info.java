/// Tests of tracking.
@NullMarked
package dev.allclear.agent.propagation;

import org.jspecify.annotations.NullMarked;
