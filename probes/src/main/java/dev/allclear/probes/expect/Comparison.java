package dev.allclear.probes.expect;

import java.math.BigDecimal;
import java.util.Locale;

/// How a number stands to another one.
public enum Comparison {
  ABOVE,
  AT_LEAST,
  BELOW,
  AT_MOST;

  boolean holds(BigDecimal number, BigDecimal bound) {
    int order = number.compareTo(bound);
    return switch (this) {
      case ABOVE -> order > 0;
      case AT_LEAST -> order >= 0;
      case BELOW -> order < 0;
      case AT_MOST -> order <= 0;
    };
  }

  /// As the key in config.
  public String label() {
    return words().replace(' ', '-');
  }

  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
