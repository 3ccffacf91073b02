package dev.allclear.agent.importer;

import dev.allclear.agent.importer.Texts.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of a step that send what a request sent; all of it but cookies and what browsers add by
/// themselves.
final class StepKeys {
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

  /// Said by other keys, by the agent itself, or only ever by browsers.
  private static final Set<String> NOT_KEPT =
      Set.of(
          "accept-encoding",
          "accept-language",
          "access-control-request-headers",
          "access-control-request-method",
          "authorization",
          "baggage",
          "cache-control",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "dnt",
          "host",
          "http2-settings",
          "if-modified-since",
          "if-none-match",
          "keep-alive",
          "newrelic",
          "pragma",
          "priority",
          "proxy-authorization",
          "proxy-connection",
          "purpose",
          "range",
          "referer",
          "save-data",
          "sentry-trace",
          "te",
          "traceparent",
          "tracestate",
          "transfer-encoding",
          "upgrade",
          "upgrade-insecure-requests",
          "user-agent",
          "x-client-data");

  private final Request request;
  private final Texts texts;
  private final String base;
  private final Map<String, @Nullable Object> keys = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> headers = new LinkedHashMap<>();

  private StepKeys(Request request, Texts texts, String base) {
    this.request = request;
    this.texts = texts;
    this.base = base;
  }

  /// URLs that begin with `base` are written without it.
  static Map<String, @Nullable Object> of(Request request, Texts texts, String base) {
    return new StepKeys(request, texts, base).keys();
  }

  private Map<String, @Nullable Object> keys() {
    url();
    request.headers().forEach(this::header);
    Map<String, @Nullable Object> body = body();
    Map<String, @Nullable Object> identity = identity();
    if (!headers.isEmpty()) {
      keys.put("headers", headers);
    }
    keys.putAll(identity);
    keys.putAll(body);
    return keys;
  }

  private Map<String, @Nullable Object> body() {
    boolean sent = !List.of("GET", "HEAD").contains(request.method());
    if (!sent && !(request.payload() instanceof Payload.Nothing)) {
      texts.note("This request had a body, which no " + request.method() + " of a journey has.");
    }
    return sent ? new BodyKeys(texts, headers).of(request.payload()) : Map.of();
  }

  private void url() {
    String whole = texts.of(request.url());
    List<Pair> parameters = whole == null ? request.url().parameters() : List.of();
    String url = whole == null ? path() : whole;
    if (parameters == null) {
      url += "?" + literal(String.valueOf(request.url().query()));
    }
    if (METHODS.contains(request.method())) {
      keys.put(request.method().toLowerCase(Locale.ROOT), url);
    } else {
      keys.put("method", request.method());
      keys.put("url", url);
    }
    if (parameters != null && !parameters.isEmpty()) {
      Map<String, @Nullable Object> query = new LinkedHashMap<>();
      parameters.forEach(
          each -> query.put(each.name(), texts.of(Place.QUERY, each.name(), each.value())));
      keys.put("query", query);
    }
  }

  private String path() {
    StringBuilder path =
        new StringBuilder(request.url().origin().equals(base) ? "" : request.url().origin());
    String before = "";
    for (String segment : request.url().segments().subList(1, request.url().segments().size())) {
      path.append('/').append(texts.of(Place.PATH, before, segment));
      before = segment;
    }
    return path.toString();
  }

  private void header(Pair header) {
    String name = header.name().toLowerCase(Locale.ROOT);
    boolean kept =
        switch (name) {
          case "accept" -> header.value().contains("json") && !header.value().contains("html");
          case "origin" -> !request.isSafe() && !header.value().equals("null");
          default -> !NOT_KEPT.contains(name) && !name.startsWith("sec-");
        };
    if (kept) {
      headers.put(header.name(), texts.of(Place.HEADER, header.name(), header.value()));
    }
  }

  /// Checks against forged requests read Origin, or Referer in its absence.
  private Map<String, @Nullable Object> identity() {
    String referer = Pair.value(request.headers(), "Referer");
    Url from = referer == null ? null : Url.parse(referer);
    if (from != null && !request.isSafe() && Pair.value(request.headers(), "Origin") == null) {
      headers.put("Referer", from.origin() + "/");
    }
    String authorization = Pair.value(request.headers(), "Authorization");
    if (authorization == null) {
      String user = request.url().user();
      String decoded = user == null ? null : Url.decoded(user);
      return decoded == null ? Map.of() : basic(decoded);
    }
    int blank = authorization.indexOf(' ');
    String scheme = authorization.substring(0, Math.max(blank, 0)).toLowerCase(Locale.ROOT);
    String value = authorization.substring(blank + 1).strip();
    String user = scheme.equals("basic") ? decoded(value) : null;
    if (user != null) {
      return basic(user);
    }
    if (scheme.equals("bearer")) {
      return Map.of("bearer", texts.secret("token", value));
    }
    headers.put("Authorization", texts.secret("authorization", authorization));
    return Map.of();
  }

  private static @Nullable String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private Map<String, @Nullable Object> basic(String user) {
    int colon = user.indexOf(':');
    Map<String, @Nullable Object> basic = new LinkedHashMap<>();
    basic.put("user", literal(colon < 0 ? user : user.substring(0, colon)));
    basic.put("password", texts.secret("password", user.substring(colon + 1)));
    return Map.of("basic", basic);
  }

  /// As a template that renders to the text.
  static String literal(String text) {
    return text.replace("${", "$${");
  }
}
