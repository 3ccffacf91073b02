package dev.allclear.agent.tripwire;

import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Run;
import dev.allclear.probes.journey.JourneyProbe;
import dev.allclear.probes.wire.Wire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The tripwires of an agent, by what they have run when they break.
public final class Tripwires implements AutoCloseable {
  private final Wire wire;
  private final RandomGenerator random;
  private final Owner owner;
  private final Map<Check, Tripwire> all = new LinkedHashMap<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tripwire-", 0).factory());

  public Tripwires(Wire wire, RandomGenerator random, Owner owner) {
    this.wire = wire;
    this.random = random;
    this.owner = owner;
  }

  /// One for a check, unless nobody but OkHttp can do what that asks for. `ping` is how often it
  /// asks something; null leaves the connection idle.
  public void add(Check check, @Nullable Duration ping) {
    if (check.probe() instanceof JourneyProbe probe && probe.suitsTheWire()) {
      all.put(
          check,
          new Tripwire(check, probe, ping, wire, new SplittableRandom(random.nextLong()), owner));
    }
  }

  /// After all were added.
  public void start() {
    all.values().forEach(threads::execute);
  }

  /// What there is to tell of a run, in order.
  public List<Run> told(Run run) {
    Tripwire tripwire = all.get(run.check());
    return tripwire == null ? List.of(run) : tripwire.told(run);
  }

  /// A run was told of.
  public void seen(Run run) {
    Tripwire tripwire = all.get(run.check());
    if (tripwire != null) {
      tripwire.seen(run.observation());
    }
  }

  /// What they ask is interrupted, and their connections are closed.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
