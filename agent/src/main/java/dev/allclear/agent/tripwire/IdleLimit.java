package dev.allclear.agent.tripwire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long a server leaves an idle connection open, as far as is known: what it said, and what it
/// did twice alike, since one close may have any reason. Each is null if unknown.
record IdleLimit(
    @Nullable Duration said, @Nullable Duration seenOnce, @Nullable Duration seenTwice) {
  static final IdleLimit UNKNOWN = new IdleLimit(null, null, null);

  /// A connection that lives no longer is not worth holding.
  static final Duration SHORTEST = Duration.ofSeconds(2);

  private static final Duration LEAST_MARGIN = Duration.ofMillis(500);

  /// The server says so with its answers; null if it says nothing.
  IdleLimit saying(@Nullable Duration limit) {
    return limit == null ? this : new IdleLimit(limit, seenOnce, seenTwice);
  }

  /// It closed a connection that had been idle for so long, and was well.
  IdleLimit closedAfter(Duration idle) {
    if (seenTwice != null && isAlike(seenTwice, idle)) {
      return this;
    }
    return seenOnce != null && isAlike(seenOnce, idle)
        ? new IdleLimit(said, idle, shorter(seenOnce, idle))
        : new IdleLimit(said, idle, seenTwice);
  }

  /// True if that is what a close after so long is owed to.
  boolean explains(Duration idle) {
    return (said != null && isAlike(said, idle)) || (seenTwice != null && isAlike(seenTwice, idle));
  }

  boolean isTooShort() {
    Duration known = known();
    return known != null && known.compareTo(SHORTEST) < 0;
  }

  /// How long a connection may stay idle so that the server does not close it; null if any time may
  /// do.
  @Nullable Duration rest() {
    Duration known = known();
    if (known == null) {
      return null;
    }
    Duration fifth = known.dividedBy(5);
    return known.minus(fifth.compareTo(LEAST_MARGIN) > 0 ? fifth : LEAST_MARGIN);
  }

  private @Nullable Duration known() {
    return said == null || seenTwice == null
        ? (said == null ? seenTwice : said)
        : shorter(said, seenTwice);
  }

  /// Timers of servers are coarse, and the way there takes its time.
  private static boolean isAlike(Duration a, Duration b) {
    Duration tenth = (a.compareTo(b) > 0 ? a : b).dividedBy(10);
    Duration slack = tenth.compareTo(LEAST_MARGIN) > 0 ? tenth : LEAST_MARGIN;
    return a.minus(b).abs().compareTo(slack) <= 0;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
