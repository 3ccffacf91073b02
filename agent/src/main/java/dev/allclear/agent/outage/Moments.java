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

  static Moments of(Event.Flapping flapping) {
    return new Moments(flapping.onset(), flapping.at(), flapping.good(), null, null, null);
  }

  Moments after(Event event) {
    return switch (event) {
      case Event.AlsoFailing e -> since(e.onset());
      case Event.Worsened e -> since(e.onset());
      case Event.FirstGood e ->
          new Moments(
              onset, detected, firstGood == null ? e.good() : firstGood, null, null, closed);
      case Event.Verified e ->
          new Moments(onset, detected, firstGood, e.restored(), e.at(), closed);
      case Event.Relapsed _ -> new Moments(onset, detected, firstGood, null, null, closed);
      case Event.Closed e -> new Moments(onset, detected, firstGood, restored, verified, e.at());
      case Event.Healthy _, Event.Suspected _, Event.Blipped _, Event.Detected _ -> this;
      case Event.Verifying _, Event.FalseStart _, Event.Blind _ -> this;
      case Event.Flapping _, Event.Eased _, Event.Overran _ -> this;
      case Event.Claimed _, Event.Dns _ -> this;
    };
  }

  private Moments since(Bounds other) {
    return new Moments(
        Bounds.earlier(onset, other), detected, firstGood, restored, verified, closed);
  }
}
