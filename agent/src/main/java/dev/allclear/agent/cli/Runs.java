package dev.allclear.agent.cli;

import dev.allclear.probes.Observation;
import dev.allclear.probes.Probe;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Runs of one probe, one after another, until there are enough or somebody interrupts. Used on one
/// thread; the runs have a virtual one, since only those can be interrupted while they read.
final class Runs implements AutoCloseable {
  private final Probe probe;
  private final Interruption interruption;
  private final ExecutorService runner = Executors.newVirtualThreadPerTaskExecutor();

  private Runs(Probe probe, Interruption interruption) {
    this.probe = probe;
    this.interruption = interruption;
  }

  /// Until this is closed, an interrupted process waits for the thread that calls this.
  static Runs of(Probe probe) {
    return new Runs(probe, Interruption.open());
  }

  /// A run that is interrupted counts for nothing.
  void repeat(int times, Consumer<Observation> done) throws ExecutionException {
    for (int i = 0; i < times; i++) {
      Future<Observation> run = runner.submit(probe::run);
      try {
        done.accept(run.get());
      } catch (InterruptedException _) {
        run.cancel(true);
        return;
      }
    }
  }

  @Override
  public void close() {
    runner.shutdownNow();
    runner.close();
    interruption.close();
  }
}
