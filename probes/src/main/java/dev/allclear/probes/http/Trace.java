package dev.allclear.probes.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Request;

/// One run as a distributed trace (W3C Trace Context, version 00): its id, and a span for each
/// request. Any thread.
record Trace(String id) {

  static final String HEADER = "traceparent";

  private static final Pattern PARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

  static Trace start() {
    return new Trace(random() + random());
  }

  /// The header's value for a new span, sampled, so that the service's own traces keep it.
  String parent() {
    return "00-" + id + "-" + random() + "-01";
  }

  /// The id that was sent, which may be the request's own, or empty.
  static String idOf(Request request) {
    String parent = request.header(HEADER);
    Matcher matcher = PARENT.matcher(parent == null ? "" : parent);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /// Odd, since all zeros would be no id.
  private static String random() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
  }
}
