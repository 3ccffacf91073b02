package dev.allclear.probes.expect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came back to one step, as far as its checks look at it. `cookies` are those that the next
/// request to the same URL would send, and those this answer set; `location` is the absolute URL it
/// redirects to.
public record Answer(
    int status,
    List<Header> headers,
    Body body,
    Map<String, String> cookies,
    @Nullable String location,
    Wire wire) {

  /// A header line, in the order and spelling in which it came.
  public record Header(String name, String value) {}

  /// The decoded text, and the number of bytes it was read from; `cut` is true if more followed.
  public record Body(String text, long size, boolean cut) {}

  /// How it came: `remote` is the address that answered, or empty; `protocol` as in ALPN; `tls` is
  /// null without; `took` is from the step's start until `end`.
  public record Wire(
      String remote, String protocol, @Nullable Tls tls, Duration took, Instant end) {}

  /// `version` is Java's name, as TLSv1.3; `expires` is when the server's own certificate does.
  public record Tls(String version, Instant expires) {}

  public Answer {
    headers = List.copyOf(headers);
    cookies = Map.copyOf(cookies);
  }

  /// Without cookies and redirect.
  public static Answer of(int status, List<Header> headers, Body body, Wire wire) {
    return new Answer(status, headers, body, Map.of(), null, wire);
  }

  public Answer withCookies(Map<String, String> held) {
    return new Answer(status, headers, body, held, location, wire);
  }

  public Answer redirecting(@Nullable String target) {
    return new Answer(status, headers, body, cookies, target, wire);
  }

  /// The values of all lines of a header as one (RFC 9110 section 5.3), or null.
  @Nullable String header(String name) {
    List<String> lines =
        headers.stream()
            .filter(header -> header.name().equalsIgnoreCase(name))
            .map(Header::value)
            .toList();
    return lines.isEmpty() ? null : String.join(", ", lines);
  }
}
