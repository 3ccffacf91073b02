package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.http.Redirects;
import org.jspecify.annotations.Nullable;

/// Reads which redirects are followed.
final class RedirectsReader {
  private static final String WANTED = "none, follow or a number, as 5";
  private static final int MOST = 50;

  private RedirectsReader() {}

  static @Nullable Redirects read(Value value) {
    return value.isMap()
        ? value.map(WANTED, RedirectsReader::read)
        : value.parsed(WANTED, RedirectsReader::parse);
  }

  private static @Nullable Redirects read(MapReader map) {
    Integer most =
        map.get(
            "most",
            Redirects.FOLLOW.most(),
            value -> value.parsed("a number, as 5", RedirectsReader::most));
    Boolean downgrade = map.get("downgrade", false, Value::flag);
    return most == null || downgrade == null ? null : new Redirects(most, downgrade);
  }

  private static Redirects parse(String text) {
    return switch (text) {
      case "none" -> Redirects.NONE;
      case "follow" -> Redirects.FOLLOW;
      default -> new Redirects(most(text), false);
    };
  }

  private static int most(String text) {
    if (!text.matches("[1-9][0-9]?") || Integer.parseInt(text) > MOST) {
      throw new IllegalArgumentException(
          "`redirects` cannot be " + Value.quoted(text) + "; write " + WANTED + ", up to " + MOST);
    }
    return Integer.parseInt(text);
  }
}
