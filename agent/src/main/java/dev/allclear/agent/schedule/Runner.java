package dev.allclear.agent.schedule;

import dev.allclear.probes.Observation;
import java.util.function.Consumer;

/// How a check is run: on a thread of its own, or by a simulation without any.
@FunctionalInterface
public interface Runner {
  /// Holds nobody up. `told` is called once, when the run is over, on whichever thread that is.
  void start(Check check, Consumer<Observation> told);
}
