package dev.allclear.agent.outage;

import java.util.List;

/// A claim, and of which cells. `incident` is the id of the outage that it is about, empty if that
/// has to be found out.
public record Told(List<Cell> cells, String incident, Claim claim) {
  public Told {
    cells = List.copyOf(cells);
  }
}
