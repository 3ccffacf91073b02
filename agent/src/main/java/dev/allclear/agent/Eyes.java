package dev.allclear.agent;

import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Round;
import dev.allclear.agent.outage.State;
import dev.allclear.agent.sight.Beat;
import dev.allclear.agent.sight.Lookout;
import dev.allclear.probes.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Tells every service what kept the agent from seeing it: a network that was lost, a process that
/// was stopped, a machine that slept. Any thread.
final class Eyes implements Lookout.Watch {
  private final Clock clock;
  private final Recorder recorder;
  private final BiConsumer<String, Boolean> witnesses;
  private final Consumer<Runnable> guard;
  private Beat last;

  /// `witnesses` hears which of them has answered; `guard` runs what must not fail.
  Eyes(
      Clock clock,
      Recorder recorder,
      BiConsumer<String, Boolean> witnesses,
      Consumer<Runnable> guard) {
    this.guard = guard;
    this.clock = clock;
    this.recorder = recorder;
    this.witnesses = witnesses;
    last = beat();
  }

  private Beat beat() {
    return new Beat(clock.now(), clock.slept());
  }

  /// Before anything is told that may have been seen while nobody looked.
  synchronized void blink() {
    Beat next = beat();
    last.until(next).forEach(this::tell);
    last = next;
  }

  /// Every service that it matters to.
  void tell(Event event) {
    recorder.healths().forEach(health -> tell(health, event));
  }

  /// What is blind anyway stays so; of what was never seen nothing is missed.
  private void tell(Health health, Event event) {
    boolean missed = !(health.state() instanceof State.Unknown) && !health.vision().isBlind();
    if (missed || event instanceof Event.ClockSet) {
      recorder.happened(health.cell(), event);
    }
  }

  @Override
  public void witness(String name, boolean answered) {
    witnesses.accept(name, answered);
  }

  @Override
  public void round(Round round) {
    guard.accept(() -> {
      blink();
      recorder.accept(round);
    });
  }

  @Override
  public Lookout.Haste haste() {
    List<Health> healths = recorder.healths();
    if (healths.stream().anyMatch(health -> health.vision().isBlind())) {
      return Lookout.Haste.BLIND;
    }
    if (healths.stream().anyMatch(Health::wantsWitness)) {
      return Lookout.Haste.AT_ONCE;
    }
    return healths.stream().map(Health::state).allMatch(Eyes::isQuiet)
        ? Lookout.Haste.QUIET
        : Lookout.Haste.SHARP;
  }

  private static boolean isQuiet(State state) {
    return state instanceof State.Healthy || state instanceof State.Unknown;
  }
}
