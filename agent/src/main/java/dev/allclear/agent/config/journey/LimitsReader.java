package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Limits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a range of whole numbers: `3`, `1-100` or `{at-least: 1, at-most: 100}`.
final class LimitsReader {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
  private static final long MOST_BYTES = 1 << 20;
  private static final String WANTED = "a number, as 3, or {at-least: 1, at-most: 100}";

  private LimitsReader() {}

  static @Nullable Limits read(Value value) {
    return value.isMap()
        ? value.map(WANTED, map -> limits(value, map))
        : value.parsed(WANTED, LimitsReader::parse);
  }

  /// Of a body.
  static @Nullable Limits size(Value value) {
    Limits limits = read(value);
    long most = limits == null || limits.most() == Long.MAX_VALUE ? 0 : limits.most();
    if (limits != null && Math.max(limits.least(), most) > MOST_BYTES) {
      value.wrong("no more than 1048576 bytes of a body are read; write less");
    }
    return limits;
  }

  private static @Nullable Limits limits(Value value, MapReader map) {
    Limits least = map.get("at-least", new Limits(0, 0), LimitsReader::read);
    Limits most = map.get("at-most", new Limits(0, Long.MAX_VALUE), LimitsReader::read);
    if (least == null || most == null) {
      return null;
    }
    if (least.least() > most.most()) {
      value.wrong("`at-least` is more than `at-most`; write less");
      return null;
    }
    return new Limits(least.least(), most.most());
  }

  private static Limits parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (parts.matches()) {
      long least = Long.parseLong(parts.group(1));
      long most = parts.group(2) == null ? least : Long.parseLong(parts.group(2));
      if (least <= most) {
        return new Limits(least, most);
      }
    }
    throw new IllegalArgumentException(
        Value.quoted(text) + " is no whole number or range; write one, as 3 or 1-100");
  }
}
