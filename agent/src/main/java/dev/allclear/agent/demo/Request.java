package dev.allclear.agent.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One HTTP request, read to its end.
record Request(String method, String path, @Nullable String query, Headers headers, String body) {
  static final int LARGEST_BODY = 4096;

  /// Null if the body is too large.
  static @Nullable Request read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    return body.length > LARGEST_BODY
        ? null
        : new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            exchange.getRequestURI().getRawQuery(),
            exchange.getRequestHeaders(),
            new String(body, UTF_8));
  }

  /// As in `GET /healthz`.
  String line() {
    return method + " " + path;
  }

  /// Empty if absent.
  String header(String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }
}
