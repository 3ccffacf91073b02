package dev.allclear.probes.propagation;

import dev.allclear.probes.Moment;

/// The next question to one endpoint: when it goes out, and what it is for.
public record Query(Moment at, Purpose purpose) {

  /// Why a question is asked.
  public enum Purpose {
    /// Learns habits while nothing happens, about one per TTL.
    BASELINE,
    /// What does this cache hold, now that the change was made?
    CHANGE,
    /// A second look at the same entry, before anybody's question could refresh it.
    CHECK,
    /// Just after the entry's predicted end.
    EXPIRY,
    /// The old value stayed past its end.
    OVERDUE,
    /// The shown TTL tells nothing, so look now and then.
    POLL,
    /// No answer came.
    RETRY,
    /// Is the new value here to stay?
    CONFIRM
  }
}
