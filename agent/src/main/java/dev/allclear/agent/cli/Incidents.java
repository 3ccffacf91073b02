package dev.allclear.agent.cli;

import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;

/// Incidents by what people type.
final class Incidents {
  private Incidents() {}

  static Incident find(History history, String id) throws Refusal {
    return history
        .incident(id)
        .orElseThrow(() ->
            new Refusal(
                ExitCode.USAGE,
                "no incident `" + id + "`; `allclear incidents` lists those there are"));
  }
}
