package dev.allclear.probes.journey;

import dev.allclear.probes.expect.Cel;
import dev.allclear.probes.http.Target;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a step is taken: when at all, how long one attempt may take, what is waited for, if
/// anything, how many attempts are made at once, and where they go. `regions` are those it is
/// compared across.
public record Conduct(
    Duration timeout,
    @Nullable Cel when,
    @Nullable Until until,
    int burst,
    Way way,
    Map<String, Target> regions) {
  public Conduct {
    regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
    if (burst < 1) {
      throw new IllegalArgumentException("burst < 1");
    }
  }

  public static Conduct within(Duration timeout) {
    return new Conduct(timeout, null, null, 1, Way.DEFAULT, Map.of());
  }

  Conduct lasting(Duration longest) {
    return new Conduct(longest, when, until, burst, way, regions);
  }

  /// True if it is sent once, if at all.
  boolean isOnce() {
    return until == null && burst == 1 && regions.isEmpty();
  }

  public Conduct when(@Nullable Cel condition) {
    return new Conduct(timeout, condition, until, burst, way, regions);
  }

  public Conduct until(@Nullable Until awaited) {
    return new Conduct(timeout, when, awaited, burst, way, regions);
  }

  public Conduct atOnce(int attempts) {
    return new Conduct(timeout, when, until, attempts, way, regions);
  }

  public Conduct going(Way chosen) {
    return new Conduct(timeout, when, until, burst, chosen, regions);
  }

  public Conduct across(Map<String, Target> compared) {
    return new Conduct(timeout, when, until, burst, way, compared);
  }
}
