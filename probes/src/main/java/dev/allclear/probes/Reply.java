package dev.allclear.probes;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came back to one step.
public sealed interface Reply {

  /// Nothing did.
  record Nothing() implements Reply {}

  /// `request` is method and URL with secrets masked; `status` 0 means that no response line
  /// arrived; `remote` is the address that was asked, or empty; `bytes` is the size of the body
  /// read; `phases` are those of all requests, where redirects were followed; `trace` is the W3C
  /// trace id it was sent with, or empty; `labels` are what the answer said of who gave it;
  /// `retryAfter` is how long it asks to wait (RFC 9110, 10.2.3), null if it does not.
  record Http(
      String request,
      int status,
      String protocol,
      String remote,
      long bytes,
      Phases phases,
      List<Hop> hops,
      String trace,
      Labels labels,
      @Nullable Duration retryAfter)
      implements Reply {
    /// More of a body is not read.
    public static final int MOST_BYTES = 1024 * 1024;

    public Http {
      hops = List.copyOf(hops);
    }

    /// That asks nobody to wait.
    public Http(
        String request,
        int status,
        String protocol,
        String remote,
        long bytes,
        Phases phases,
        List<Hop> hops,
        String trace,
        Labels labels) {
      this(request, status, protocol, remote, bytes, phases, hops, trace, labels, null);
    }

    /// No redirect was followed, nothing traced, and nothing said of who answered.
    public Http(
        String request, int status, String protocol, String remote, long bytes, Phases phases) {
      this(request, status, protocol, remote, bytes, phases, List.of(), "", Labels.NONE);
    }
  }

  /// Who gave an answer, as the answer itself says, with secrets masked; empty where it does not.
  record Labels(String servedBy, String version) {
    public static final Labels NONE = new Labels("", "");

    /// Those that are there, by their names in config, where `-` stands between words.
    public Map<String, String> named() {
      Map<String, String> named = new LinkedHashMap<>();
      named.put("served-by", servedBy);
      named.put("version", version);
      named.values().removeIf(String::isEmpty);
      return named;
    }
  }

  /// A redirect that was followed: its status, the URL it led to with secrets masked, and how long
  /// it took until it was read.
  record Hop(int status, String to, Duration length) {}

  /// `records` are the sorted data of the answer, without TTL (`192.0.2.1`, `CNAME a.example.`);
  /// `ttl` is the smallest one in the answer, zero if it is empty; `latency` is send to receive;
  /// `heard` is all else that it said.
  record Dns(
      String server,
      boolean authority,
      String rcode,
      List<String> records,
      Duration ttl,
      Duration latency,
      Heard heard)
      implements Reply {
    public Dns {
      records = List.copyOf(records);
    }

    /// Nothing else is known of it.
    public Dns(
        String server,
        boolean authority,
        String rcode,
        List<String> records,
        Duration ttl,
        Duration latency) {
      this(server, authority, rcode, records, ttl, latency, Heard.NOTHING);
    }
  }

  static Reply nothing() {
    return new Nothing();
  }
}
