package dev.allclear.agent.tripwire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long a server leaves an idle connection open, as far as is known: what it said, and what it
/// did several times alike in a row, since a close or two may have any reason. `said`, `recent` and
/// `seen` are null if unknown; `alike` is how often in a row it has been as `recent`.
record IdleLimit(
    @Nullable Duration said, @Nullable Duration recent, int alike, @Nullable Duration seen) {
  static final IdleLimit UNKNOWN = new IdleLimit(null, null, 0, null);

  /// A connection that lives no longer is not worth holding.
  static final Duration SHORTEST = Duration.ofSeconds(2);

  private static final Duration LEAST_MARGIN = Duration.ofMillis(500);
  private static final Duration LEAST_SLACK = Duration.ofMillis(250);

  /// The server says so with its answers; null if it says nothing.
  IdleLimit saying(@Nullable Duration limit) {
    return limit == null ? this : new IdleLimit(limit, recent, alike, seen);
  }

  /// It closed a connection that had been idle for so long, and was well. What would mean to give
  /// up has to be seen once more.
  IdleLimit closedAfter(Duration idle) {
    if (seen != null && isAlike(seen, idle)) {
      return this;
    }
    boolean again = recent != null && isAlike(recent, idle);
    Duration least = recent != null && again ? shorter(recent, idle) : idle;
    int times = again ? alike + 1 : 1;
    boolean enough = times >= (least.compareTo(SHORTEST) < 0 ? 3 : 2);
    return new IdleLimit(said, least, times, enough ? least : seen);
  }

  /// True if that is what a close after so long is owed to.
  boolean explains(Duration idle) {
    return (said != null && isAlike(said, idle)) || (seen != null && isAlike(seen, idle));
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
    return said == null || seen == null ? (said == null ? seen : said) : shorter(said, seen);
  }

  /// Timers of servers are coarse, and the way there takes its time.
  private static boolean isAlike(Duration a, Duration b) {
    Duration part = (a.compareTo(b) > 0 ? a : b).dividedBy(20);
    Duration slack = part.compareTo(LEAST_SLACK) > 0 ? part : LEAST_SLACK;
    return a.minus(b).abs().compareTo(slack) <= 0;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
