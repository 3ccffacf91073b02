package dev.allclear.agent.outage;

import dev.allclear.probes.Moment;
import java.util.List;
import java.util.Set;

/// Where a cell stands, as the table of states in the design has it.
public sealed interface State {

  /// Not yet seen healthy often enough, nor down.
  record Unknown() implements State {}

  record Healthy() implements State {}

  /// A fail that waits for its confirmation.
  record Suspect() implements State {}

  /// `failing` are the probes that were seen to fail since it went down.
  record Down(Set<String> failing) implements State {}

  /// Not as bad as down; `failing` as there.
  record Degraded(Level level, Set<String> failing) implements State {}

  /// A failed probe passes again; not yet every required one does.
  record Recovering(Set<String> failing) implements State {}

  /// Every required probe passes, not yet often and long enough.
  record Verifying() implements State {}

  /// Verified; a confirmed fail within the hold, counted from `holdFrom`, is a relapse.
  record Verified(Moment holdFrom) implements State {}

  /// Recovering as far as only shallow probes tell.
  String PARTIAL = "partial";

  /// Without what its probes tell apart.
  default String label() {
    return switch (this) {
      case Unknown() -> "unknown";
      case Healthy() -> "healthy";
      case Suspect() -> "suspect";
      case Down(Set<String> _) -> "down";
      case Degraded(Level _, Set<String> _) -> "degraded";
      case Recovering(Set<String> _) -> "recovering";
      case Verifying() -> "verifying";
      case Verified(Moment _) -> "verified";
    };
  }

  /// Where a cell stands that is as bad as `level`.
  static State at(Level level, Set<String> failing) {
    return level.equals(Level.DOWN) ? new Down(failing) : new Degraded(level, failing);
  }

  /// Every label, in the order of an outage.
  static List<String> labels() {
    return List.of(
        "unknown",
        "healthy",
        "suspect",
        "down",
        "degraded",
        "recovering",
        PARTIAL,
        "verifying",
        "verified");
  }
}
