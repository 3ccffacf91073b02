package dev.allclear.probes.expect;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers as JSON and text have them, exactly.
final class Figure {

  private static final int LONGEST = 100;

  private Figure() {}

  /// The number it is, or is written in it; null if it is none, or too large for a double.
  static @Nullable BigDecimal number(@Nullable Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal;
      case Number number ->
          Double.isFinite(number.doubleValue()) ? parsed(number.toString()) : null;
      case String text when text.length() <= LONGEST -> parsed(text.strip());
      case null, default -> null;
    };
  }

  private static @Nullable BigDecimal parsed(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
