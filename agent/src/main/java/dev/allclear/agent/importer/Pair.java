package dev.allclear.agent.importer;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A name and its value: a header, a parameter, a field of a form, a cookie.
record Pair(String name, String value) {

  /// The values of a header.
  static Stream<String> values(List<Pair> headers, String name) {
    return headers.stream().filter(header -> header.name.equalsIgnoreCase(name)).map(Pair::value);
  }

  /// The first value of a header.
  static @Nullable String value(List<Pair> headers, String name) {
    return values(headers, name).findFirst().orElse(null);
  }
}
