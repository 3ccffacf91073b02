package dev.allclear.probes.expect;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers as JSON and text have them, exactly.
final class Figure {

  private static final int LONGEST = 100;

  private Figure() {}

  /// The number it is, or is written in it; null if it is none.
  static @Nullable BigDecimal number(@Nullable Object value) {
    if (value instanceof Number number) {
      return exact(number);
    }
    if (!(value instanceof String text) || text.length() > LONGEST) {
      return null;
    }
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException _) {
      return null;
    }
  }

  static BigDecimal exact(Number number) {
    return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
  }
}
