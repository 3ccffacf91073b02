package dev.allclear.probes.expect;

import dev.allclear.probes.expect.Expectation.Range;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How status ranges are written: `200`, `2xx`, `200-299`.
public final class StatusText {

  private static final Pattern CLASS = Pattern.compile("([1-5])(?:xx|XX)");
  private static final Pattern RANGE = Pattern.compile("([1-5]\\d\\d)(?:\\s*-\\s*([1-5]\\d\\d))?");

  private StatusText() {}

  public static Range range(String text) {
    Matcher hundred = CLASS.matcher(text.strip());
    if (hundred.matches()) {
      int first = Integer.parseInt(hundred.group(1)) * 100;
      return new Range(first, first + 99);
    }
    Matcher range = RANGE.matcher(text.strip());
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "`%s` is no status; write 200, 2xx, 200-299, or a list of these with commas"
              .formatted(text.strip()));
    }
    int first = Integer.parseInt(range.group(1));
    int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
    if (last < first) {
      throw new IllegalArgumentException(
          "status range %d-%d runs backwards; write %d-%d".formatted(first, last, last, first));
    }
    return new Range(first, last);
  }
}
