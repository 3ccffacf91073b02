package dev.allclear.agent.tripwire;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Run;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.http.Held;
import dev.allclear.probes.journey.JourneyProbe;
import dev.allclear.probes.wire.HttpEnded;
import dev.allclear.probes.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Holds one connection open to what a check asks, and has the check run as soon as it breaks: the
/// verdict is never the break's. Lives on a thread of its own; what it is told comes from any.
final class Tripwire implements Runnable {
  /// Longer, and what lies between may forget the connection without a word.
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(4);

  private static final Duration LONGEST_ECHO = Duration.ofSeconds(2);

  /// So that not all begin at once.
  private static final Duration LONGEST_START = Duration.ofSeconds(10);

  private static final Duration LONGEST_VERDICT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONG_LIFE = Duration.ofMinutes(1);
  private static final Duration OFF = Duration.ofMinutes(20);
  private static final int MOST_DOUBLINGS = 10;

  private final Check check;
  private final JourneyProbe probe;
  private final @Nullable Duration ping;
  private final Wire wire;
  private final Clock clock;
  private final RandomGenerator random;
  private final Owner owner;
  private final BlockingQueue<Signal> mail = new LinkedBlockingQueue<>();
  private volatile @Nullable Moment broken;
  private volatile @Nullable Observation passed;

  // Confined to its thread.
  private IdleLimit limit = IdleLimit.UNKNOWN;
  private int breaks;

  /// What it is told.
  private sealed interface Signal {}

  private record Broke(Held held, HttpEnded ended) implements Signal {}

  private record Seen(Observation observation) implements Signal {}

  /// `ping` is null if the connection may be idle.
  Tripwire(
      Check check,
      JourneyProbe probe,
      @Nullable Duration ping,
      Wire wire,
      RandomGenerator random,
      Owner owner) {
    this.check = check;
    this.probe = ping == null ? probe : probe.within(ping);
    this.ping = ping;
    this.wire = wire;
    this.clock = wire.clock();
    this.random = random;
    this.owner = owner;
  }

  /// A run of the check that came to an end, with what the held connection has to add to it: a
  /// request on it that passed before, and the break that made the run look.
  List<Run> told(Run run) {
    return run.observation().outcome().isFail() ? failed(run) : List.of(notFailed(run));
  }

  private Run notFailed(Run run) {
    Observation seen = run.observation();
    Moment at = broken;
    if (seen.outcome().isPass() && at != null && !seen.begin().isBefore(at)) {
      broken = null;
    }
    return run;
  }

  private List<Run> failed(Run run) {
    Observation seen = run.observation();
    Moment at = broken;
    if (at == null || seen.end().isBefore(at)) {
      return List.of(run);
    }
    List<Run> told = new ArrayList<>();
    Observation pass = passed;
    if (pass != null && seesWhatFailed(pass, seen) && owner.isWell(cell())) {
      told.add(new Run(check, pass, Duration.ZERO, 0));
      passed = null;
    }
    told.add(run.seeing(seen.afterBreak(at)));
    return told;
  }

  /// Users come over new connections. Who holds one asks no name and checks no certificate any
  /// more, and goes where it went before: of what fails there a pass on it tells nothing, and
  /// neither does one where it has not failed itself.
  private static boolean seesWhatFailed(Observation pass, Observation fail) {
    boolean named =
        fail.outcome() instanceof Outcome.Failed(Cause cause, String _)
            && (cause == Cause.DNS || cause == Cause.TLS);
    return !named
        && !fail.begin().isBefore(pass.end())
        && !remote(fail).isEmpty()
        && remote(fail).equals(remote(pass));
  }

  private static String remote(Observation seen) {
    return seen.steps().stream()
        .map(step -> step.reply() instanceof Reply.Http http ? http.remote() : "")
        .reduce("", (_, last) -> last);
  }

  /// A run of the check has been told of.
  void seen(Observation observation) {
    mail.add(new Seen(observation));
  }

  @Override
  public void run() {
    try {
      pause(jitter(shorter(check.every(), LONGEST_START)));
      while (true) {
        owner.stands(cell(), Grip.RESTING);
        awaitWell();
        owner.stands(cell(), Grip.OPENING);
        hold();
      }
    } catch (InterruptedException _) {
      // The agent ends.
      Thread.currentThread().interrupt();
    }
  }

  private Cell cell() {
    return check.cell();
  }

  private void awaitWell() throws InterruptedException {
    while (!owner.isWell(cell())) {
      var _ = mail.poll(check.every().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /// One connection, from its beginning to its end.
  private void hold() throws InterruptedException {
    Moment begin = clock.now();
    Held held = probe.hold(wire).held();
    if (held == null) {
      unreachable(begin);
      return;
    }
    try (held) {
      var _ = held.ended().thenAccept(ended -> ended(held, ended));
      keep(held);
    }
    if (limit.isTooShort()) {
      off();
      return;
    }
    owner.stands(cell(), Grip.OPENING);
    boolean lasted = begin.until(clock.now()).compareTo(LONG_LIFE) > 0;
    // An outage is waited for in any case.
    breaks = lasted || !owner.isWell(cell()) ? 0 : breaks + 1;
    pause(backOff());
  }

  /// On the wire's thread: nothing may come between the break and the look.
  private void ended(Held held, HttpEnded ended) {
    boolean announced = ended.how() == HttpEnded.How.ANNOUNCED && !ended.asking();
    if (ended.how() != HttpEnded.How.OURS && !announced) {
      broken = ended.at();
      owner.look(check);
    }
    mail.add(new Broke(held, ended));
  }

  private void unreachable(Moment since) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    owner.look(check);
    var _ = verdict(since);
    breaks++;
    pause(backOff());
  }

  /// Asks from time to time, until the connection breaks or the service is not well.
  private void keep(Held held) throws InterruptedException {
    int asked = 0;
    Moment due = clock.now();
    while (true) {
      long left = clock.now().until(due).toNanos();
      switch (mail.poll(Math.max(0, left), TimeUnit.NANOSECONDS)) {
        case Broke(Held which, HttpEnded ended) when which == held -> {
          broke(ended, asked);
          return;
        }
        case Broke _ -> {}
        case Seen _ -> {
          if (!owner.isWell(cell())) {
            return;
          }
        }
        case null -> {
          Moment begin = clock.now();
          boolean good = ask(held, asked == 0);
          asked++;
          if (!good && !held.ended().isDone()) {
            unanswered(begin);
            return;
          }
          limit = limit.saying(held.idleLimit());
          owner.stands(cell(), Grip.HOLDING);
          due = begin.plus(gap());
        }
      }
    }
  }

  /// True if all is as it should be. The first request shows whether the server keeps connections
  /// at all, and only a request makes some servers count their idle time.
  private boolean ask(Held held, boolean first) throws InterruptedException {
    owner.asked(cell());
    if (held.isTwo() && !first) {
      return echoes(held);
    }
    Observation seen = probe.over(held).run();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (seen.outcome().isPass()) {
      passed = seen;
    }
    return !seen.outcome().isFail();
  }

  private boolean echoes(Held held) throws InterruptedException {
    Duration longest = ping == null ? LONGEST_ECHO : ping;
    try {
      return held.ping(clock.now().plus(longest)).get() == null;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Duration gap() {
    Duration rest = limit.rest();
    Duration longest = rest == null ? LONGEST_IDLE : shorter(rest, LONGEST_IDLE);
    return ping == null || longest.compareTo(ping) < 0
        ? longest.minus(jitter(longest.dividedBy(10)))
        : ping;
  }

  /// The connection may as well be broken since it was asked.
  private void unanswered(Moment since) throws InterruptedException {
    broken = since;
    owner.stands(cell(), Grip.OPENING);
    owner.press(check);
    owner.broke(cell(), verdict(since, Reason.UNANSWERED));
  }

  private void broke(HttpEnded ended, int asked) throws InterruptedException {
    owner.stands(cell(), Grip.OPENING);
    switch (ended.how()) {
      case OURS -> {}
      case ANNOUNCED -> {
        limit = asked > 1 ? limit : limit.closedAfter(Duration.ZERO);
        owner.broke(cell(), Reason.ANNOUNCED);
      }
      case CLOSED, RESET -> {
        Reason plain = ended.how() == HttpEnded.How.RESET ? Reason.RESET : Reason.CLOSED;
        Reason reason = verdict(ended.at(), plain);
        if (reason == plain) {
          limit = limit.closedAfter(ended.idle());
          reason = limit.explains(ended.idle()) ? Reason.IDLE_LIMIT : plain;
        }
        owner.broke(cell(), reason);
      }
    }
  }

  private Reason verdict(Moment since, Reason ifWell) throws InterruptedException {
    Observation seen = verdict(since);
    if (seen == null || !(seen.outcome().isPass() || seen.outcome().isFail())) {
      return Reason.UNKNOWN;
    }
    return seen.outcome().isPass() ? ifWell : Reason.OUTAGE;
  }

  /// The first run of the check that began after this moment; null if none came for long.
  private @Nullable Observation verdict(Moment since) throws InterruptedException {
    Moment end = clock.now().plus(LONGEST_VERDICT);
    while (true) {
      long left = clock.now().until(end).toNanos();
      Signal signal = mail.poll(left, TimeUnit.NANOSECONDS);
      if (signal == null) {
        return null;
      }
      if (signal instanceof Seen(Observation seen) && !seen.begin().isBefore(since)) {
        return seen;
      }
    }
  }

  /// Forgets what it knows after a long while, since servers are changed.
  private void off() throws InterruptedException {
    owner.stands(cell(), Grip.OFF);
    pause(OFF.plus(jitter(OFF)));
    limit = IdleLimit.UNKNOWN;
    breaks = 0;
  }

  private Duration backOff() {
    Duration longest = FIRST_PAUSE.multipliedBy(1L << Math.min(breaks, MOST_DOUBLINGS));
    return jitter(shorter(longest, LONGEST_PAUSE));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private void pause(Duration length) throws InterruptedException {
    Moment end = clock.now().plus(length);
    while (clock.now().isBefore(end)) {
      var _ = mail.poll(clock.now().until(end).toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /// Uniform over [0, longest], so that many do not fall into step.
  private Duration jitter(Duration longest) {
    return Duration.ofNanos(random.nextLong(longest.toNanos() + 1));
  }
}
