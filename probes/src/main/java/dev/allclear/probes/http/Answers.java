package dev.allclear.probes.http;

import dev.allclear.probes.Moment;
import dev.allclear.probes.expect.Answer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Tells the checks what came back, in words without a library.
final class Answers {

  private final HttpUrl url;
  private final Timeline timeline;
  private final CookieJar jar;

  /// `url` is what was asked for, wherever that was sent; `jar` holds the answer's cookies already.
  Answers(HttpUrl url, Timeline timeline, CookieJar jar) {
    this.url = url;
    this.timeline = timeline;
    this.jar = jar;
  }

  /// `head` is the answer as it came.
  Answer of(Response head, Answer.Body body) {
    Moment end = timeline.end();
    Answer.Wire wire =
        new Answer.Wire(
            Diagnosis.literal(timeline.remote()),
            protocol(head.protocol()),
            tls(head.handshake()),
            timeline.phases().total(),
            end.wall());
    return Answer.of(head.code(), headers(head), body, wire)
        .withCookies(cookies(head, end))
        .redirecting(location(head));
  }

  private static List<Answer.Header> headers(Response head) {
    List<Answer.Header> headers = new ArrayList<>();
    head.headers()
        .forEach(line -> headers.add(new Answer.Header(line.getFirst(), line.getSecond())));
    return headers;
  }

  /// By the name that operators write.
  static String protocol(Protocol protocol) {
    return protocol == Protocol.H2_PRIOR_KNOWLEDGE ? "h2c" : protocol.toString();
  }

  private static Answer.@Nullable Tls tls(@Nullable Handshake handshake) {
    return handshake != null
            && !handshake.peerCertificates().isEmpty()
            && handshake.peerCertificates().getFirst() instanceof X509Certificate leaf
        ? new Answer.Tls(handshake.tlsVersion().javaName(), leaf.getNotAfter().toInstant())
        : null;
  }

  /// The jar knows the ones for this URL, the answer those it set for other paths as well.
  private Map<String, String> cookies(Response head, Moment end) {
    Map<String, String> cookies = new LinkedHashMap<>();
    for (Cookie cookie : Cookie.parseAll(url, head.headers())) {
      if (cookie.expiresAt() > end.wall().toEpochMilli()) {
        cookies.put(cookie.name(), cookie.value());
      }
    }
    for (Cookie cookie : jar.loadForRequest(url)) {
      cookies.putIfAbsent(cookie.name(), cookie.value());
    }
    return cookies;
  }

  private @Nullable String location(Response head) {
    String location = head.header("Location");
    HttpUrl target = location == null ? null : url.resolve(location);
    return target == null ? location : target.toString();
  }
}
