package dev.allclear.agent.cli;

import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.agent.propagation.Tracker;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Waits for a change of one name until every cache has it, and tells what comes to light
/// meanwhile.
final class DnsWatch {
  private static final Duration TICK = Duration.ofSeconds(1);

  private record Told(News news, @Nullable Spread spread) {}

  private final Console console;
  private final boolean json;
  private final Clock clock;
  private final @Nullable Moment ordered;
  private final DnsWatchLines lines;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private @Nullable Spread spread;
  private @Nullable Moment eta;
  private News.@Nullable Changed changed;
  private boolean converged;
  private boolean known;

  /// `ordered` is when somebody says that the change was ordered; null if nobody does.
  DnsWatch(Console console, boolean json, Clock clock, @Nullable Moment ordered) {
    this.ordered = ordered;
    this.console = console;
    this.json = json;
    this.clock = clock;
    this.lines = new DnsWatchLines(console);
  }

  int run(Subject subject, Lookup lookup, Duration timeout) throws InterruptedException {
    Moment end = clock.now().plus(timeout);
    try (Interruption _ = Interruption.open()) {
      boolean interrupted = true;
      try (Tracker tracker =
          Tracker.start(
              List.of(subject),
              lookup,
              clock,
              RandomGenerator.getDefault(),
              (_, news, spread) -> told.add(new Told(news, spread)))) {
        begin(subject, timeout);
        follow(end);
        spread = converged ? spread : tracker.spread(subject);
        interrupted = false;
      } finally {
        clearCountdown();
        conclude(subject, interrupted ? null : timeout);
      }
    }
    return code();
  }

  private void begin(Subject subject, Duration timeout) {
    if (!json) {
      console.say(lines.head(subject, timeout));
    }
  }

  private void follow(Moment end) throws InterruptedException {
    while (!converged && clock.now().isBefore(end)) {
      Duration left = clock.now().until(end);
      Duration wait = left.compareTo(TICK) < 0 ? left : TICK;
      Told next = told.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
      if (next == null) {
        countdown();
      } else {
        take(next);
      }
    }
  }

  private void take(Told next) {
    spread = next.spread == null ? spread : next.spread;
    known |= next.news instanceof News.Known;
    converged |= next.news instanceof News.Converged;
    if (next.news instanceof News.Foretold(var foretold) && foretold.last() != null) {
      eta = foretold.last().latest();
    }
    clearCountdown();
    if (!json) {
      lines.of(next.news).forEach(console::say);
    }
    if (next.news instanceof News.Changed now) {
      if (!json && changed != null && changed.from().equals(now.to())) {
        console.say(lines.goneBack());
      }
      changed = now;
    }
  }

  private void countdown() {
    Spread now = spread;
    if (!json && Console.onTerminal()) {
      console.err().print("\r\u001b[K" + lines.countdown(now, eta, clock.now()));
      console.err().flush();
    }
  }

  private void clearCountdown() {
    if (!json && Console.onTerminal()) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }

  private void conclude(Subject subject, @Nullable Duration timeout) {
    Spread last = spread;
    if (json) {
      console.say(new DnsWatchJson(clock.now(), ordered).of(subject, last, converged));
    } else if (last != null) {
      lines.summary(last, ordered, clock.now(), converged).forEach(console::say);
    } else {
      console.say(lines.nothing(known, timeout));
    }
  }

  /// What gave no answer, or cannot be told apart, proves nothing; an old answer does.
  private int code() {
    if (converged) {
      return ExitCode.GOOD;
    }
    Spread last = spread;
    if (last == null) {
      return known ? ExitCode.BAD_VERDICT : ExitCode.INCONCLUSIVE;
    }
    boolean old =
        last.authorities().everywhere() == null
            || last.endpoints().stream().anyMatch(DnsWatch::wasOldLast);
    return old ? ExitCode.BAD_VERDICT : ExitCode.INCONCLUSIVE;
  }

  private static boolean wasOldLast(Endpoint endpoint) {
    List<Sighting> seen = endpoint.whole().seen();
    return !seen.isEmpty() && seen.getLast().said() == Said.OLD;
  }
}
