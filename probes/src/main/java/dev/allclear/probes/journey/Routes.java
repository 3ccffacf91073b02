package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What the names of a {@link Way} stand for: the target regions of a service, and the resolvers.
public record Routes(Map<String, Addresses> regions, Map<String, Addresses> resolvers) {
  public Routes {
    regions = Map.copyOf(regions);
    resolvers = Map.copyOf(resolvers);
  }

  /// The journey with all its steps on their ways.
  public Journey lead(Journey journey) {
    return journey.map(this::lead);
  }

  private Step lead(Step step) {
    Way way = step.conduct().way();
    if (way.region() != null) {
      return step.over(step.link().to(null).resolving(region(way.region())));
    }
    Map<String, Addresses> across = new LinkedHashMap<>();
    way.across().forEach(name -> across.put(name, region(name)));
    Step conducted = step.conducted(step.conduct().across(across));
    return way.resolver() == null
        ? conducted
        : conducted.over(step.link().resolving(known(way.resolver(), resolvers)));
  }

  private Addresses region(String name) {
    return known(name, regions);
  }

  private static Addresses known(String name, Map<String, Addresses> all) {
    return Objects.requireNonNull(all.get(name), () -> "no route to " + name);
  }
}
