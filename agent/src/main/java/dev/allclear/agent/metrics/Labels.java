package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import io.micrometer.core.instrument.Tags;

/// The labels that say whose series it is; the vantage is added to every one.
final class Labels {
  private Labels() {}

  static Tags of(Cell cell) {
    return Tags.of("service", cell.service(), "region", cell.region());
  }

  static Tags of(Cell cell, String probe) {
    return of(cell).and("probe", probe);
  }
}
