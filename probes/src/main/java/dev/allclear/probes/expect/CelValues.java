package dev.allclear.probes.expect;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON in the types that CEL computes with.
final class CelValues {

  private CelValues() {}

  static Map<String, Object> of(Map<?, ?> map) {
    Map<String, Object> values = new HashMap<>();
    map.forEach((name, value) -> values.put(String.valueOf(name), value(value)));
    return values;
  }

  private static Object value(@Nullable Object value) {
    return switch (value) {
      case null -> NullValue.NULL_VALUE;
      case Map<?, ?> map -> of(map);
      case List<?> list -> list(list);
      case Integer number -> number.longValue();
      case Long number -> number;
      case Number number -> number.doubleValue();
      default -> value;
    };
  }

  private static List<Object> list(List<?> list) {
    List<Object> values = new ArrayList<>(list.size());
    list.forEach(element -> values.add(value(element)));
    return values;
  }
}
