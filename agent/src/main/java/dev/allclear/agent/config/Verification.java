package dev.allclear.agent.config;

import dev.allclear.agent.config.ServiceSettings.Verify;
import dev.allclear.agent.yaml.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `verify` says. `deep` tells whether any journey is asked for; `spanAt` is where the span is
/// written, null for the default.
record Verification(
    Verify verify, int passes, Duration span, Duration hold, boolean deep, @Nullable Value spanAt) {

  static final Verification DEFAULT =
      new Verification(
          new Verify(List.of(), Map.of()),
          3,
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          false,
          null);
}
