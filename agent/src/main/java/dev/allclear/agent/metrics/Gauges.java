package dev.allclear.agent.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gauges that exist only while there is something to say: what a family shows for an owner (a
/// cell, a probe) is replaced as a whole.
final class Gauges {

  /// `unit` becomes the end of the name.
  record Family(String name, @Nullable String unit, String help) {}

  private record Owned(Family family, Tags owner) {}

  private final MeterRegistry registry;
  private final Map<Owned, MultiGauge> shown = new HashMap<>();

  Gauges(MeterRegistry registry) {
    this.registry = registry;
  }

  void show(Family family, Tags owner, double reading) {
    show(family, owner, Map.of(Tags.empty(), reading));
  }

  /// No readings remove the series.
  void show(Family family, Tags owner, Map<Tags, Double> readings) {
    List<MultiGauge.Row<Number>> rows =
        readings.entrySet().stream()
            .map(reading -> MultiGauge.Row.of(reading.getKey(), (Number) reading.getValue()))
            .toList();
    shown.computeIfAbsent(new Owned(family, owner), this::register).register(rows, true);
  }

  private MultiGauge register(Owned owned) {
    return MultiGauge.builder(owned.family().name())
        .baseUnit(owned.family().unit())
        .description(owned.family().help())
        .tags(owned.owner())
        .register(registry);
  }
}
