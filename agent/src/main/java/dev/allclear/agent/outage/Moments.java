package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import org.jspecify.annotations.Nullable;

/// The moments of an outage; those that have not come yet are null. `firstGood` stays the first
/// one; `restored` and `verified` are voided by a relapse. `overdue` is when it had lasted too long
/// without anybody who does something about it.
record Moments(
    Bounds onset,
    Moment detected,
    @Nullable Bounds firstGood,
    @Nullable Bounds restored,
    @Nullable Moment verified,
    @Nullable Moment closed,
    @Nullable Moment overdue) {

  static Moments of(Event.Detected detected) {
    return new Moments(detected.onset(), detected.at(), null, null, null, null, null);
  }

  /// Another probe fails that nobody saw pass, and it did not fail before: it may never have
  /// worked, and tells nothing of when the outage began.
  boolean isJoinedBy(Bounds also) {
    return also.earliest().equals(Moment.UNBOUNDED) && !also.latest().isBefore(onset.latest());
  }

  static Moments of(Event.Flapping flapping) {
    return new Moments(flapping.onset(), flapping.at(), flapping.good(), null, null, null, null);
  }

  Moments after(Event event) {
    return switch (event) {
      case Event.AlsoFailing e -> since(e.onset());
      case Event.Worsened e -> since(e.onset());
      case Event.FirstGood e ->
          new Moments(
              onset,
              detected,
              firstGood == null ? e.good() : firstGood,
              null,
              null,
              closed,
              overdue);
      case Event.Verified e ->
          new Moments(onset, detected, firstGood, e.restored(), e.at(), closed, overdue);
      case Event.Relapsed _ -> new Moments(onset, detected, firstGood, null, null, closed, overdue);
      case Event.Overdue e ->
          new Moments(onset, detected, firstGood, restored, verified, closed, e.at());
      case Event.Closed e ->
          new Moments(onset, detected, firstGood, restored, verified, e.at(), overdue);
      case Event.Healthy _, Event.Suspected _, Event.Blipped _, Event.Detected _ -> this;
      case Event.LostSight e -> unprovenSince(e.from());
      case Event.Blind e -> unprovenSince(e.from());
      case Event.Verifying _, Event.FalseStart _ -> this;
      case Event.Flapping _, Event.Eased _, Event.Overran _ -> this;
      case Event.DepthsDiffer _, Event.DepthsAgree _ -> this;
      case Event.Waits _, Event.Served _ -> this;
      case Event.ClockSet _, Event.Claimed _, Event.Dns _ -> this;
    };
  }

  private Moments since(Bounds other) {
    return isJoinedBy(other)
        ? this
        : new Moments(
            Bounds.earlier(onset, other), detected, firstGood, restored, verified, closed, overdue);
  }

  private Moments unprovenSince(Moment from) {
    return new Moments(
        onset,
        detected,
        unproven(firstGood, from, onset),
        unproven(restored, from, onset),
        verified,
        closed,
        overdue);
  }

  /// The fail that a recovery is counted from proves nothing if the agent was blind by then.
  static @Nullable Bounds unproven(@Nullable Bounds good, Moment from, Bounds onset) {
    return good == null || !from.isBefore(good.latest())
        ? good
        : new Bounds(
            Moment.earlier(onset.earliest(), good.earliest()), good.likely(), good.latest());
  }
}
