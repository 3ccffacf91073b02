package dev.allclear.agent.outage;

import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import org.jspecify.annotations.Nullable;

/// How far the agent may trust its own eyes. `witnessed` is the last round that passed, null where
/// no witness is asked and every fail is held for the target's; `blindSince` is set while no
/// witness answers. Runs that began before `clear` may have been blind themselves.
public record Vision(@Nullable Round witnessed, @Nullable Moment blindSince, Moment clear) {
  static final Vision TRUSTED = new Vision(null, null, Moment.UNBOUNDED);

  public boolean isBlind() {
    return blindSince != null;
  }

  boolean covers(Observation observation) {
    return !isBlind() && !observation.begin().isBefore(clear);
  }

  /// Whether the network has worked since the first fail.
  boolean isWitnessed(Doubt doubt) {
    return witnessed == null || !witnessed.begin().isBefore(doubt.onset().latest());
  }

  /// Where the network worked between the first fail and this one, losing it once does not explain
  /// both.
  boolean vouchesFor(Doubt doubt, Observation fail) {
    return isWitnessed(doubt) && (witnessed == null || !fail.begin().isBefore(witnessed.end()));
  }

  /// Since when nobody knows whether the network worked.
  Moment unwitnessed() {
    return witnessed == null ? clear : Moment.later(witnessed.begin(), clear);
  }

  Vision witnessedBy(Round round) {
    return new Vision(round, blindSince, clear);
  }

  Vision lost(Moment from) {
    return new Vision(witnessed, from, clear);
  }

  Vision clearFrom(Moment at) {
    return new Vision(witnessed, null, at);
  }
}
