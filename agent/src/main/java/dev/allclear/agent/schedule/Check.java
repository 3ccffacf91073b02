package dev.allclear.agent.schedule;

import dev.allclear.agent.outage.Cell;
import dev.allclear.probes.Probe;
import java.time.Duration;
import java.util.List;

/// A probe that a cell requires, how often it runs while the cell is healthy, and what each run
/// asks of targets that have a budget.
public record Check(Cell cell, Probe probe, Duration every, List<Ask> asks) {
  public Check {
    if (!every.isPositive()) {
      throw new IllegalArgumentException("every <= 0");
    }
    asks = List.copyOf(asks);
  }

  /// Without a budget.
  public Check(Cell cell, Probe probe, Duration every) {
    this(cell, probe, every, List.of());
  }
}
