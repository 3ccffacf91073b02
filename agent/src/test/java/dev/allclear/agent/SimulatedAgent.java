package dev.allclear.agent;

import dev.allclear.agent.ledger.Store;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.State;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Run;
import dev.allclear.agent.schedule.Runner;
import dev.allclear.agent.schedule.Scheduler;
import dev.allclear.agent.schedule.Timer;
import dev.allclear.agent.sight.Beat;
import dev.allclear.agent.sight.Lookout;
import dev.allclear.agent.sight.Witness;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An agent's scheduler, recorder, eyes and fold for one cell, wired and resumed as the agent does
/// it, but without threads, sockets or a disk.
public final class SimulatedAgent {
  private static final Duration PULSE = Duration.ofSeconds(5);
  private static final Duration WAY = Duration.ofMillis(3);

  private final Cell cell;
  private final Timer timer;
  private final Recorder recorder;
  private final Suspicions suspicions;
  private final Eyes eyes;
  private final Lookout lookout;

  private SimulatedAgent(
      Cell cell,
      Timer timer,
      Recorder recorder,
      Suspicions suspicions,
      Clock clock,
      @Nullable Supplier<Boolean> network) {
    this.cell = cell;
    this.timer = timer;
    this.recorder = recorder;
    this.suspicions = suspicions;
    this.eyes = new Eyes(clock, recorder, (_, _) -> {}, Runnable::run);
    this.lookout = lookout(clock, timer, network, eyes);
  }

  /// `network` tells whether a witness of it answers, null where none is asked.
  public static SimulatedAgent start(
      Clock clock,
      Timer timer,
      Runner runner,
      RandomGenerator random,
      Store store,
      Policy policy,
      List<Check> checks,
      Listener listener,
      @Nullable Supplier<Boolean> network,
      Consumer<Health> resumed) {
    Resume resume = Resume.from(store);
    Suspicions suspicions = new Suspicions(store);
    Recorder recorder = new Recorder(clock, store, List.of(listener, suspicions));
    recorder.remember(resume.changes());
    Map<String, Depth> required = new TreeMap<>();
    checks.forEach(check -> required.put(check.probe().name(), check.probe().depth()));
    Cell cell = checks.getFirst().cell();
    Health health = resume.health(Health.unknown(cell, policy.degradation().required(required)));
    recorder.watch(health, new Outage(policy));
    suspicions.watch(cell, policy);
    resumed.accept(health);
    SimulatedAgent agent = new SimulatedAgent(cell, timer, recorder, suspicions, clock, network);
    resume.blind(clock.now()).ifPresent(agent::nobodyLooked);
    resume.clockSet(clock.now()).ifPresent(agent.eyes::tell);
    Scheduler scheduler =
        new Scheduler(clock, timer, runner, random, recorder::health, agent::accept);
    checks.forEach(check -> scheduler.add(check, policy));
    agent.lookout.start();
    agent.blink();
    agent.pulse();
    return agent;
  }

  /// Each task is a packet's way late.
  private static Lookout lookout(
      Clock clock, Timer timer, @Nullable Supplier<Boolean> network, Eyes eyes) {
    List<Witness> witnesses =
        network == null
            ? List.of()
            : List.of(new Witness("gateway", _ -> network.get() ? "" : "no answer"));
    return new Lookout(witnesses, clock, timer, task -> timer.after(WAY, task), eyes);
  }

  private void accept(Run run) {
    eyes.blink();
    recorder.accept(run);
    if (health().wantsWitness()) {
      lookout.hurry();
    }
  }

  private void blink() {
    eyes.blink();
    timer.after(Beat.EVERY, this::blink);
  }

  private void nobodyLooked(Event.Blind blind) {
    if (!(health().state() instanceof State.Unknown)) {
      recorder.happened(cell, health().blindBefore(blind));
    }
  }

  private void pulse() {
    recorder.pulse();
    suspicions.write();
    timer.after(PULSE, this::pulse);
  }

  public Health health() {
    return recorder.health(cell);
  }

  public List<Incident> incidents() {
    return recorder.incidents();
  }
}
