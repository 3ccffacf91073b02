package dev.allclear.probes.journey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a step goes, by the names of the config: to a target region of the service, or to where a
/// resolver says. What is in all of `across` is asked at once and compared.
public record Way(@Nullable String region, @Nullable String resolver, List<String> across) {

  public static final Way DEFAULT = new Way(null, null, List.of());

  public Way {
    across = List.copyOf(across);
  }
}
