package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import org.jspecify.annotations.Nullable;

/// The moments of an outage; those that have not come yet are null. `firstGood` stays the first
/// one; `restored` and `verified` are voided by a relapse.
record Moments(
    Bounds onset,
    Moment detected,
    @Nullable Bounds firstGood,
    @Nullable Bounds restored,
    @Nullable Moment verified,
    @Nullable Moment closed) {

  static Moments of(Event.Detected detected) {
    return new Moments(detected.onset(), detected.at(), null, null, null, null);
  }

  /// The onset of an outage that another probe turned out to be part of: the earlier one. A probe
  /// that nobody saw pass may never have worked: it tells nothing unless it failed before.
  static Bounds onset(Bounds known, Bounds also) {
    boolean joins =
        also.earliest().equals(Moment.UNBOUNDED) && !also.latest().isBefore(known.latest());
    return joins ? known : Bounds.earlier(known, also);
  }

  static Moments of(Event.Flapping flapping) {
    return new Moments(flapping.onset(), flapping.at(), flapping.good(), null, null, null);
  }

  Moments after(Event event) {
    return switch (event) {
      case Event.AlsoFailing e ->
          new Moments(onset(onset, e.onset()), detected, firstGood, restored, verified, closed);
      case Event.FirstGood e ->
          new Moments(
              onset, detected, firstGood == null ? e.good() : firstGood, null, null, closed);
      case Event.Verified e ->
          new Moments(onset, detected, firstGood, e.restored(), e.at(), closed);
      case Event.Relapsed _ -> new Moments(onset, detected, firstGood, null, null, closed);
      case Event.Closed e -> new Moments(onset, detected, firstGood, restored, verified, e.at());
      case Event.Healthy _, Event.Suspected _, Event.Blipped _, Event.Detected _ -> this;
      case Event.LostSight e -> unprovenSince(e.from());
      case Event.Blind e -> unprovenSince(e.from());
      case Event.Verifying _, Event.FalseStart _ -> this;
      case Event.Flapping _, Event.Worsened _, Event.Eased _, Event.Overran _ -> this;
      case Event.ClockSet _, Event.Claimed _, Event.Dns _ -> this;
    };
  }

  private Moments unprovenSince(Moment from) {
    return new Moments(
        onset,
        detected,
        unproven(firstGood, from, onset),
        unproven(restored, from, onset),
        verified,
        closed);
  }

  /// The fail that a recovery is counted from proves nothing if the agent was blind by then.
  static @Nullable Bounds unproven(@Nullable Bounds good, Moment from, Bounds onset) {
    return good == null || !from.isBefore(good.latest())
        ? good
        : new Bounds(
            Moment.earlier(onset.earliest(), good.earliest()), good.likely(), good.latest());
  }
}
