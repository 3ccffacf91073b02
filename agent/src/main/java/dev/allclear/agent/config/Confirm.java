package dev.allclear.agent.config;

import dev.allclear.agent.yaml.Value;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many of how many probes have to fail until a service is called down.
public record Confirm(int fails, int of) {
  static final Confirm DEFAULT = new Confirm(3, 4);

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,3}) of (\\d{1,3})");

  /// As `3 of 4`.
  ///
  /// @throws IllegalArgumentException saying what to write instead
  public static Confirm parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " is not FAILS of PROBES; write one, as 3 of 4");
    }
    int fails = Integer.parseInt(parts.group(1));
    int of = Integer.parseInt(parts.group(2));
    if (fails < 1) {
      throw new IllegalArgumentException("`" + text + "` asks for no fail; write one, as 3 of 4");
    }
    if (fails > of) {
      throw new IllegalArgumentException(
          "`%s` asks for more fails than probes; write at most %d of %d".formatted(text, of, of));
    }
    return new Confirm(fails, of);
  }
}
