package dev.allclear.agent.cli;

import dev.allclear.probes.Observation;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Runs of a probe, one after another, until there are enough or somebody interrupts. Used on one
/// thread; the runs have a virtual one, since only those can be interrupted while they read.
final class Runs implements AutoCloseable {
  private final Interruption interruption;
  private final ExecutorService runner = Executors.newVirtualThreadPerTaskExecutor();

  private Runs(Interruption interruption) {
    this.interruption = interruption;
  }

  /// Until this is closed, an interrupted process waits for the thread that calls this.
  static Runs open() {
    return new Runs(Interruption.open());
  }

  /// Tells each with its seed. A run that is interrupted counts for nothing; then this is false.
  boolean repeat(int times, Seeds seeds, BiConsumer<Observation, @Nullable Long> done)
      throws ExecutionException {
    for (int i = 0; i < times; i++) {
      Future<Observation> run = runner.submit(seeds.probe(i)::run);
      try {
        done.accept(run.get(), seeds.of(i));
      } catch (InterruptedException _) {
        run.cancel(true);
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    runner.shutdownNow();
    runner.close();
    interruption.close();
  }
}
