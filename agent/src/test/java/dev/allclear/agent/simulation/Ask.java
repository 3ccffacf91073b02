package dev.allclear.agent.simulation;

import dev.allclear.probes.Depth;
import java.util.List;

/// A probe and the one function of the service that it asks, in one or several steps, with what
/// goes wrong with that function, in order. Milliseconds.
record Ask(String name, Depth depth, int every, int timeout, int steps, List<Fault> faults) {
  Ask {
    faults = List.copyOf(faults);
  }

  Ask with(List<Fault> others) {
    return new Ask(name, depth, every, timeout, steps, others);
  }
}
