package dev.allclear.agent.config;

import dev.allclear.agent.outage.Policy.Flap;
import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads how many blips are flapping.
final class FlapReader {
  private static final Flap DEFAULT = new Flap(5, Duration.ofMinutes(10));
  private static final String OFF = "off";
  private static final String WANTED = "BLIPS in TIME, as 5 in 10m, or off";
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,2}) in (\\S+)");

  private FlapReader() {}

  /// Null where blips stay blips.
  static @Nullable Flap read(MapReader service) {
    Value value = service.get("flapping");
    if (value == null) {
      return DEFAULT;
    }
    return OFF.equals(value.text(WANTED)) ? null : value.parsed(WANTED, FlapReader::parse);
  }

  /// @throws IllegalArgumentException saying what to write instead
  private static Flap parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " is not BLIPS in TIME; write one, as 5 in 10m, or off");
    }
    int blips = Integer.parseInt(parts.group(1));
    Duration window = Durations.parse(parts.group(2));
    if (blips < 2 || window.isZero()) {
      throw new IllegalArgumentException(
          "`" + text + "` is not flapping; write two blips or more, as 5 in 10m");
    }
    return new Flap(blips, window);
  }
}
