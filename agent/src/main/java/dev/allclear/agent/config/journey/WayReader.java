package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Way;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads where the steps of one journey go, by names. Which regions there are is known only where a
/// service uses the journey.
final class WayReader {
  private static final String ACROSS = "consistent-across";
  private static final String REGION = "region";
  private static final String TARGET = "connect-to";

  private final Names resolvers;
  private final List<Value> regions;
  private final Way usual;

  WayReader(Names resolvers) {
    this(resolvers, new ArrayList<>(), Way.DEFAULT);
  }

  private WayReader(Names resolvers, List<Value> regions, Way usual) {
    this.resolvers = resolvers;
    this.regions = regions;
    this.usual = usual;
  }

  /// Every place that names a region.
  List<Value> regions() {
    return List.copyOf(regions);
  }

  /// For the steps of a journey, of which some say something else.
  WayReader in(MapReader journey) {
    Way way = new Way(region(journey, null), resolver(journey, null), List.of());
    return new WayReader(resolvers, regions, way);
  }

  Way read(MapReader map) {
    List<String> across = across(map);
    boolean elsewhere = map.has(TARGET) || !across.isEmpty();
    String region = region(map, elsewhere ? null : usual.region());
    if (region != null && !across.isEmpty()) {
      map.wrong(REGION, "one region or several; write only one of: region, " + ACROSS);
    }
    return new Way(region, resolver(map, usual.resolver()), across);
  }

  private @Nullable String region(MapReader map, @Nullable String usual) {
    if (!map.has(REGION)) {
      var _ = map.get(REGION);
      return usual;
    }
    if (map.has(TARGET)) {
      map.wrong(REGION, "both say where to connect; write only one of: region, " + TARGET);
    }
    return map.get(REGION, this::named);
  }

  private @Nullable String named(Value value) {
    regions.add(value);
    return value.text("the name of a region");
  }

  private @Nullable String resolver(MapReader map, @Nullable String usual) {
    Value resolver = map.get("resolver");
    return resolver == null ? usual : resolvers.resolve(resolver);
  }

  private List<String> across(MapReader map) {
    Value written = map.get(ACROSS);
    if (written == null) {
      return List.of();
    }
    Set<String> names = new LinkedHashSet<>();
    for (Value entry : written.list()) {
      String name = named(entry);
      if (name != null && !names.add(name)) {
        entry.wrong(Value.quoted(name) + " is listed twice; write it once");
      }
    }
    if (written.list().size() < 2) {
      written.wrong("one region is consistent with itself; write several, as [eu, us]");
    }
    return List.copyOf(names);
  }
}
