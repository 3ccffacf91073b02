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
import dev.allclear.agent.schedule.Runner;
import dev.allclear.agent.schedule.Scheduler;
import dev.allclear.agent.schedule.Timer;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// An agent's scheduler, recorder and fold for one cell, wired and resumed as the agent does it,
/// but without threads, sockets or a disk.
public final class SimulatedAgent {
  private static final Duration PULSE = Duration.ofSeconds(5);

  private final Cell cell;
  private final Timer timer;
  private final Recorder recorder;

  private SimulatedAgent(Cell cell, Timer timer, Recorder recorder) {
    this.cell = cell;
    this.timer = timer;
    this.recorder = recorder;
  }

  public static SimulatedAgent start(
      Clock clock,
      Timer timer,
      Runner runner,
      RandomGenerator random,
      Store store,
      Policy policy,
      List<Check> checks,
      Listener listener,
      Consumer<Health> resumed) {
    Resume resume = Resume.from(store);
    Recorder recorder = new Recorder(clock, store, List.of(listener));
    recorder.remember(resume.changes());
    Map<String, Depth> required = new TreeMap<>();
    checks.forEach(check -> required.put(check.probe().name(), check.probe().depth()));
    Cell cell = checks.getFirst().cell();
    Health health = resume.health(Health.unknown(cell, policy.degradation().required(required)));
    recorder.watch(health, new Outage(policy));
    resumed.accept(health);
    SimulatedAgent agent = new SimulatedAgent(cell, timer, recorder);
    resume.blind(clock.now()).ifPresent(agent::nobodyLooked);
    Scheduler scheduler =
        new Scheduler(clock, timer, runner, random, recorder::health, recorder::accept);
    checks.forEach(check -> scheduler.add(check, policy));
    agent.pulse();
    return agent;
  }

  private void nobodyLooked(Event blind) {
    if (!(health().state() instanceof State.Unknown)) {
      recorder.happened(cell, blind);
    }
  }

  private void pulse() {
    recorder.pulse();
    timer.after(PULSE, this::pulse);
  }

  public Health health() {
    return recorder.health(cell);
  }

  public List<Incident> incidents() {
    return recorder.incidents();
  }
}
