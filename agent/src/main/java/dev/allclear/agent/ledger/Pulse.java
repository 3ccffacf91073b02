package dev.allclear.agent.ledger;

import dev.allclear.probes.Moment;
import java.util.List;

/// A sign of life: at this moment the agent was looking, and this was its evidence.
public record Pulse(Moment at, List<LastProofs> proofs) {
  public Pulse {
    proofs = List.copyOf(proofs);
  }
}
