package dev.allclear.agent.sight;

import dev.allclear.agent.outage.Round;
import dev.allclear.agent.schedule.Timer;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks all witnesses at once, every few seconds, and as soon as a fail wants one. A round is over
/// with the first answer, or when nobody has answered in time, and the next begins only after it:
/// of two that overlap nobody could tell which saw the network first. Any thread; guarded by its
/// lock, under which threads are started but nobody is called back.
public final class Lookout {
  static final Duration QUIET = Duration.ofSeconds(5);

  /// While some service is not healthy, since each fail then bounds a recovery.
  static final Duration SHARP = Duration.ofSeconds(1);

  static final Duration BLIND = Duration.ofMillis(250);
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  /// What somebody on the look-out reports to.
  public interface Watch {
    void witness(String name, boolean answered);

    void round(Round round);

    /// How soon another look is wanted.
    Haste haste();
  }

  /// How soon to look again.
  public enum Haste {
    QUIET,
    SHARP,
    BLIND,
    AT_ONCE;

    private Duration pause() {
      return switch (this) {
        case QUIET -> Lookout.QUIET;
        case SHARP -> Lookout.SHARP;
        case BLIND -> Lookout.BLIND;
        case AT_ONCE -> Duration.ZERO;
      };
    }
  }

  private final List<Witness> witnesses;
  private final Clock clock;
  private final Timer timer;
  private final Executor runners;
  private final Watch watch;
  private final Map<String, String> silent = new TreeMap<>();
  private Moment begin = Moment.UNBOUNDED;
  private long round;
  private boolean underWay;
  private boolean stopped;

  public Lookout(List<Witness> witnesses, Clock clock, Timer timer, Executor runners, Watch watch) {
    this.witnesses = List.copyOf(witnesses);
    this.clock = clock;
    this.timer = timer;
    this.runners = runners;
    this.watch = watch;
  }

  public void start() {
    look();
  }

  /// A fail wants a witness. While a round is under way the next follows it at once.
  public void hurry() {
    look();
  }

  public synchronized void stop() {
    stopped = true;
  }

  private synchronized void look() {
    if (stopped || underWay || witnesses.isEmpty()) {
      return;
    }
    underWay = true;
    long number = ++round;
    begin = clock.now();
    silent.clear();
    timer.after(TIMEOUT, () -> runners.execute(() -> overdue(number)));
    witnesses.forEach(witness -> runners.execute(() -> ask(witness, number)));
  }

  private void ask(Witness witness, long number) {
    String why = witness.way().apply(TIMEOUT);
    if (isStopped()) {
      return;
    }
    watch.witness(witness.name(), why.isEmpty());
    Round over = why.isEmpty() ? passed(number) : silent(witness, why, number);
    if (over != null) {
      tell(over, number);
    }
  }

  private synchronized @Nullable Round passed(long number) {
    return isUnderWay(number) ? end(true, "") : null;
  }

  private synchronized @Nullable Round silent(Witness witness, String why, long number) {
    if (!isUnderWay(number)) {
      return null;
    }
    silent.put(witness.name(), why);
    return silent.size() == witnesses.size() ? end(false, reason()) : null;
  }

  private void overdue(long number) {
    Round over = late(number);
    if (over != null) {
      tell(over, number);
    }
  }

  private synchronized @Nullable Round late(long number) {
    if (stopped || !isUnderWay(number)) {
      return null;
    }
    witnesses.forEach(witness -> silent.putIfAbsent(witness.name(), "no answer in time"));
    return end(false, reason());
  }

  private boolean isUnderWay(long number) {
    return underWay && number == round;
  }

  private Round end(boolean passed, String reason) {
    underWay = false;
    return new Round(begin, clock.now(), passed, reason);
  }

  private void tell(Round over, long number) {
    watch.round(over);
    again(number, watch.haste().pause());
  }

  private synchronized void again(long number, Duration pause) {
    if (!stopped) {
      timer.after(pause, () -> runners.execute(() -> lookAfter(number)));
    }
  }

  /// Unless somebody was in a hurry meanwhile.
  private synchronized void lookAfter(long number) {
    if (number == round) {
      look();
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private String reason() {
    return silent.entrySet().stream()
        .map(each -> each.getKey() + " (" + each.getValue() + ")")
        .collect(Collectors.joining(", ", "no witness answers: ", ""));
  }
}
