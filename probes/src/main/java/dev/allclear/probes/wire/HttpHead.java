package dev.allclear.probes.wire;

import java.util.List;

/// How an answer begins, as it came. `protocol` is as in ALPN: `http/1.0`, `http/1.1` or `h2`.
public record HttpHead(String protocol, int status, String message, List<HttpField> fields) {
  public HttpHead {
    fields = List.copyOf(fields);
  }

  /// The value of the last line of that name, or empty.
  public String value(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(HttpField::value)
        .reduce("", (_, later) -> later);
  }
}
