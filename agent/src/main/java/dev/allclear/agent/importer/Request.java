package dev.allclear.agent.importer;

import java.util.List;

/// What was asked.
record Request(String method, Url url, List<Pair> headers, Payload payload) {

  /// The cookies it sent.
  List<Pair> cookies() {
    return Pair.values(headers, "Cookie")
        .flatMap(header -> List.of(header.split(";\\s*", -1)).stream())
        .map(String::strip)
        .filter(cookie -> cookie.indexOf('=') > 0)
        .map(cookie ->
            new Pair(
                cookie.substring(0, cookie.indexOf('=')),
                cookie.substring(cookie.indexOf('=') + 1)))
        .toList();
  }

  /// Whether it only reads (RFC 9110, section 9.2.1).
  boolean isSafe() {
    return List.of("GET", "HEAD", "OPTIONS", "TRACE").contains(method);
  }
}
