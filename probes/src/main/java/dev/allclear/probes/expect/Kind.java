package dev.allclear.probes.expect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types of JSON.
public enum Kind {
  STRING,
  NUMBER,
  BOOLEAN,
  ARRAY,
  OBJECT,
  NULL;

  /// As in config.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Kind of(@Nullable Object value) {
    return switch (value) {
      case null -> NULL;
      case Number _ -> NUMBER;
      case Boolean _ -> BOOLEAN;
      case List<?> _ -> ARRAY;
      case Map<?, ?> _ -> OBJECT;
      default -> STRING;
    };
  }
}
