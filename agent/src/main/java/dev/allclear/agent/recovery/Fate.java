package dev.allclear.agent.recovery;

import dev.allclear.probes.Moment;

/// What becomes of a suspicion with some threshold.
public sealed interface Fate {

  /// An outage, detected then.
  record Outage(Moment detected) implements Fate {}

  record Blip() implements Fate {}

  /// It cannot be told.
  record Unknown() implements Fate {}
}
