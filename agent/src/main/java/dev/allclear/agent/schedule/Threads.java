package dev.allclear.agent.schedule;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Probe;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Runs each check on a thread that may block.
public record Threads(Clock clock, Executor threads) implements Runner {
  private static final System.Logger LOG = System.getLogger(Threads.class.getName());

  @Override
  public void start(Check check, Consumer<Observation> told) {
    threads.execute(() -> told.accept(observe(check.probe())));
  }

  /// The one place where a defect of a probe is caught: it becomes an inconclusive run.
  private Observation observe(Probe probe) {
    Moment begin = clock.now();
    try {
      return probe.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "probe " + probe.name() + " broke", e);
      return new Observation(
          probe.name(),
          probe.depth(),
          begin,
          clock.now(),
          List.of(),
          Outcome.inconclusive("internal error: " + e));
    }
  }
}
