package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.http.Target;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the names of a {@link Way} stand for: the target regions of a service, and the resolvers. A
/// region leads the requests of steps; what they need of another service, as a token, it does not.
public record Routes(Map<String, Target> regions, Map<String, Addresses> resolvers) {
  public Routes {
    regions = Map.copyOf(regions);
    resolvers = Map.copyOf(resolvers);
  }

  /// The journey with all its steps on their ways; those that say nothing go to `region`, or where
  /// their host leads if that is null.
  public Journey lead(Journey journey, @Nullable String region) {
    return journey.map(step -> lead(step, region));
  }

  private Step lead(Step step, @Nullable String usual) {
    Way way = step.conduct().way();
    Map<String, Target> across = new LinkedHashMap<>();
    way.across().forEach(name -> across.put(name, known(name, regions)));
    return step.conducted(step.conduct().across(across)).over(led(step.link(), way, usual));
  }

  private Link led(Link link, Way way, @Nullable String usual) {
    Link resolved =
        way.resolver() == null ? link : link.resolving(known(way.resolver(), resolvers));
    if (way.region() != null) {
      return resolved.to(known(way.region(), regions));
    }
    return usual == null || link.target() != null ? resolved : resolved.to(known(usual, regions));
  }

  private static <T> T known(String name, Map<String, T> all) {
    return Objects.requireNonNull(all.get(name), () -> "no route to " + name);
  }
}
