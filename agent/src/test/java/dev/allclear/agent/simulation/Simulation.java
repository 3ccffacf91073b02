package dev.allclear.agent.simulation;

import dev.allclear.agent.SimulatedAgent;
import dev.allclear.agent.json.SuspicionJson;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.recovery.Fate;
import dev.allclear.agent.recovery.Replay;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Timer;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Plays one history.
final class Simulation {
  private static final long MILLI = SimulatedTime.MILLI;
  private static final Cell CELL = new Cell("shop", Cell.GLOBAL);

  private final Scenario scenario;
  private final SimulatedTime time;
  private final Map<String, Function> functions = new HashMap<>();
  private final Shelf shelf = new Shelf();
  private final Truth truth;
  private long life;
  private @Nullable SimulatedAgent agent;

  private Simulation(Scenario scenario, Widths widths) {
    this.scenario = scenario;
    this.time = new SimulatedTime(scenario.upsets());
    scenario.asks().forEach(ask -> functions.put(ask.name(), new Function(ask.faults())));
    this.truth = new Truth(scenario, functions, time, widths);
  }

  /// How many outages were verified in it.
  ///
  /// @throws Unsound if anything that was printed is not true
  static int play(Scenario scenario, Widths widths) {
    Simulation simulation = new Simulation(scenario, widths);
    simulation.play();
    return simulation.truth.verified();
  }

  /// What is not true in it, or null.
  static @Nullable String fault(Scenario scenario) {
    try {
      play(scenario, new Widths());
      return null;
    } catch (Unsound e) {
      return e.getMessage();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  /// What the agent remembers, after each so many milliseconds of it.
  static List<Health> remembered(Scenario scenario, long every) {
    Simulation simulation = new Simulation(scenario, new Widths());
    List<Health> healths = new ArrayList<>();
    for (long at = every; at <= scenario.end(); at += every) {
      simulation.time.at(
          at * MILLI, () -> healths.add(Objects.requireNonNull(simulation.agent).health()));
    }
    simulation.play();
    return healths;
  }

  private void play() {
    scenario.upsets().forEach(this::plan);
    start();
    time.advanceTo(scenario.end() * MILLI);
    List<Incident> printed = truth.printed();
    if (printed.stream().map(Incident::id).distinct().count() < printed.size()) {
      throw new Unsound("two outages have one name");
    }
    if (agent != null && !agent.incidents().equals(printed)) {
      throw new Unsound("the outages in the ledger are others");
    }
    if (scenario.policy().flap() == null) {
      shelf.suspicions().forEach(Simulation::replay);
    }
  }

  /// By its own threshold everything is decided as it was, but that nothing is said to flap.
  private static void replay(Suspicion kept) {
    Suspicion suspicion = SuspicionJson.read(kept.cell(), SuspicionJson.write(kept));
    Fate fate = Replay.of(suspicion, suspicion.threshold());
    boolean same =
        switch (fate) {
          case Fate.Outage(Moment detected) ->
              suspicion.confirmed()
                  && suspicion.looks().get(suspicion.decided() - 1).told().equals(detected);
          case Fate.Blip() -> suspicion.decided() > 0 && !suspicion.confirmed();
          case Fate.Unknown() -> suspicion.decided() == 0;
        };
    if (!same) {
      throw new Unsound("decided again it is " + fate + ": " + SuspicionJson.write(suspicion));
    }
  }

  private void plan(Upset upset) {
    long at = upset.at() * MILLI;
    long end = upset.end() * MILLI;
    switch (upset.kind()) {
      case PAUSE, SLEEP, CUT -> {}
      case STEP -> time.at(at, () -> time.setWall(upset.length()));
      case KILL -> {
        time.at(at, this::kill);
        time.at(end, this::start);
      }
      case REBOOT -> {
        time.at(at, this::kill);
        time.at(
            end,
            () -> {
              time.reboot();
              start();
            });
      }
    }
  }

  private void kill() {
    life++;
    agent = null;
  }

  private void start() {
    long mine = ++life;
    Timer timer = (delay, task) -> time.after(delay, () -> whileAlive(mine, task));
    List<Check> checks =
        scenario.asks().stream()
            .map(ask ->
                new Check(
                    CELL,
                    new Network.Asking(ask, Objects.requireNonNull(functions.get(ask.name()))),
                    Duration.ofMillis(ask.every())))
            .toList();
    agent =
        SimulatedAgent.start(
            time,
            timer,
            new Network(scenario, time, time, timer, truth::sees),
            new SplittableRandom(scenario.salt() + mine),
            shelf,
            scenario.policy(),
            checks,
            truth,
            scenario.sighted() ? () -> time.isConnected(time.nanos()) : null,
            truth::started);
  }

  private void whileAlive(long mine, Runnable task) {
    if (life == mine) {
      task.run();
    }
  }
}
