package dev.allclear.agent.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/// What is answered to one HTTP request.
record Response(int status, String body, Map<String, String> headers) {

  Response {
    headers = Map.copyOf(headers);
  }

  static Response text(int status, String body) {
    return new Response(status, body, Map.of("Content-Type", "text/plain; charset=utf-8"));
  }

  static Response json(int status, String body) {
    return new Response(status, body, Map.of("Content-Type", "application/json"));
  }

  /// `what` may quote a request; what JSON would have to escape is replaced.
  static Response problem(int status, String what) {
    return json(status, "{\"error\":\"" + what.replaceAll("[\"\\\\\\p{Cntrl}]", "?") + "\"}");
  }

  Response with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Response(status, body, more);
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
