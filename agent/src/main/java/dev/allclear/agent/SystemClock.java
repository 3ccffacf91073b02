package dev.allclear.agent;

import dev.allclear.agent.ledger.Ledger;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The machine's clocks, read for one session. The only place that reads them. Linux's monotonic
/// clock stands still while the machine sleeps, but no outage does: what `/proc/uptime`, which goes
/// on, says beyond it is added. Any thread.
public final class SystemClock implements Clock {
  private static final Path UPTIME = Path.of("/proc/uptime");

  /// Less is drift, or the hundredths of a second that the uptime is rounded to.
  private static final long SUSPICIOUS = 100_000_000;

  private static final int ATTEMPTS = 3;
  private static final long TOGETHER = 10_000_000;

  private final long session;
  private final Supplier<Instant> wall;
  private final LongSupplier running;
  private final LongSupplier up;
  private long slept;
  private long apart;

  public SystemClock(long session) {
    this(session, Instant::now, System::nanoTime, SystemClock::uptime);
  }

  /// `up` is as `running`, in nanoseconds since the machine was started, but goes on while it
  /// sleeps.
  SystemClock(long session, Supplier<Instant> wall, LongSupplier running, LongSupplier up) {
    this.session = session;
    this.wall = wall;
    this.running = running;
    this.up = up;
    apart = sinceEpoch(wall.get()) - running.getAsLong();
    look();
  }

  /// Goes on with the ledger's session, unless what it last wrote would lie ahead.
  public static SystemClock of(Ledger ledger) {
    SystemClock clock = new SystemClock(ledger.session());
    Moment now = clock.now();
    boolean ahead = ledger.lastPulse().filter(last -> now.isBefore(last.at())).isPresent();
    return ahead ? new SystemClock(ledger.newSession()) : clock;
  }

  @Override
  public synchronized Moment now() {
    long before = running.getAsLong();
    Instant time = wall.get();
    long nanos = running.getAsLong();
    for (int i = 1; i < ATTEMPTS && nanos - before > TOGETHER; i++) {
      before = nanos;
      time = wall.get();
      nanos = running.getAsLong();
    }
    long difference = sinceEpoch(time) - nanos;
    if (Math.abs(difference - apart) > SUSPICIOUS) {
      look();
    }
    apart = difference;
    return new Moment(time, nanos + slept, session);
  }

  private void look() {
    long asleep = up.getAsLong() - running.getAsLong();
    slept = asleep - slept > SUSPICIOUS ? asleep : slept;
  }

  @Override
  public synchronized Duration slept() {
    return Duration.ofNanos(slept);
  }

  private static long sinceEpoch(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }

  /// Elsewhere than on Linux a suspension shows as a clock that was set.
  private static long uptime() {
    try {
      String seconds = Files.readString(UPTIME).split(" ", 2)[0];
      return (long) (Double.parseDouble(seconds) * 1e9);
    } catch (IOException | NumberFormatException _) {
      return System.nanoTime();
    }
  }
}
