package dev.allclear.probes.wire;

import java.nio.ByteBuffer;
import java.util.List;

/// A request, ready to be sent. `authority` is what HTTP/2 takes for Host; `target` is path and
/// query.
public record HttpQuestion(
    String method,
    String scheme,
    String authority,
    String target,
    List<HttpField> fields,
    ByteBuffer body) {
  public HttpQuestion {
    fields = List.copyOf(fields);
  }
}
