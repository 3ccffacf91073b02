package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Where a request goes and what it carries beside a body. `query` is appended to the URL, encoded;
/// `cookies` go beside those the service set, and replace them by name.
public record Head(
    Template url,
    Map<String, Template> query,
    Map<String, Template> headers,
    Map<String, Template> cookies,
    Auth auth) {
  public Head {
    query = ordered(query);
    headers = ordered(headers);
    cookies = ordered(cookies);
  }

  /// The URL alone.
  public static Head of(Template url) {
    return new Head(url, Map.of(), Map.of(), Map.of(), Auth.none());
  }

  public Head withQuery(Map<String, Template> parameters) {
    return new Head(url, parameters, headers, cookies, auth);
  }

  public Head withHeaders(Map<String, Template> lines) {
    return new Head(url, query, lines, cookies, auth);
  }

  public Head withCookies(Map<String, Template> own) {
    return new Head(url, query, headers, own, auth);
  }

  public Head withAuth(Auth who) {
    return new Head(url, query, headers, cookies, who);
  }

  /// All templates in it.
  Stream<Template> templates() {
    return Stream.of(
            Stream.of(url),
            query.values().stream(),
            headers.values().stream(),
            cookies.values().stream(),
            auth.templates())
        .flatMap(some -> some);
  }

  private static Map<String, Template> ordered(Map<String, Template> some) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(some));
  }
}
