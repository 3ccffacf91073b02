package dev.allclear.agent;

import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Round;
import dev.allclear.agent.schedule.Run;

/// Is told what the agent saw and decided, after it is in the ledger. One call at a time.
public interface Listener {
  default void observed(Run run, Health health) {}

  /// What the witnesses of the agent's own network said.
  default void witnessed(Round round) {}

  default void happened(Change change, Health health) {}
}
