package dev.allclear.agent.ledger;

import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.agent.outage.Suspicion;
import java.util.List;
import java.util.Optional;

/// What an agent writes down, and takes up when it starts again: a ledger, or what stands for one
/// in a simulation. Whatever it was given is on it when a call returns.
public interface Store {

  /// All of them or none.
  void append(List<Change> changes);

  /// Everything that was ever appended, in order.
  List<Change> changes();

  /// Keeps more failures with an incident; `runs` is how many there have been by now.
  void keep(String incident, List<Failure> failures, long runs);

  /// What was kept with an incident.
  Failed failed(String incident);

  /// Keeps what was seen of suspicions; of one that was kept before more is known now. Old ones are
  /// let go of.
  void keep(List<Suspicion> suspicions);

  /// Replaces the one before.
  void pulse(Pulse pulse);

  Optional<Pulse> lastPulse();
}
