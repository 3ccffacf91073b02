package dev.allclear.agent.schedule;

import dev.allclear.agent.outage.Cell;
import dev.allclear.probes.Probe;
import java.time.Duration;

/// A probe that a cell requires, and how often it runs while the cell is healthy.
public record Check(Cell cell, Probe probe, Duration every) {
  public Check {
    if (!every.isPositive()) {
      throw new IllegalArgumentException("every <= 0");
    }
  }
}
