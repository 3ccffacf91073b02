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

  /// The number without an exponent, as people and services write it; null if it is too large for a
  /// double, or too long.
  static @Nullable String text(Number number) {
    String written = number.toString();
    BigDecimal exact = number(number);
    if (exact == null || Math.abs(exact.scale()) > LONGEST) {
      return null;
    }
    return written.indexOf('E') < 0 ? written : exact.stripTrailingZeros().toPlainString();
  }

  private static @Nullable BigDecimal parsed(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
