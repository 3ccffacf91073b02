/// A simulated world, in which the real scheduler, recorder and fold watch a service: what they
/// print is held against the truth.
@NullMarked
package dev.allclear.agent.simulation;

import org.jspecify.annotations.NullMarked;
