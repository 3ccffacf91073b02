package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Auth;
import dev.allclear.probes.journey.Head;
import dev.allclear.probes.template.Template;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads what requests carry beside a body, and adds what the journey says for all of them.
public final class HeadReader {
  private static final String AUTHORIZATION = "Authorization";
  private static final Pattern COOKIE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Head NOTHING = Head.of(Template.literal(""));

  private final Variables variables;
  private final TokenSources sources;
  private final AuthReader authReader;
  private final Head defaults;
  private final LinkReader linkReader;

  private HeadReader(
      Variables variables, TokenSources sources, Head defaults, LinkReader linkReader) {
    this.linkReader = linkReader;
    this.variables = variables;
    this.sources = sources;
    authReader = new AuthReader(variables, sources);
    this.defaults = defaults;
  }

  /// Of steps that say all by themselves.
  public static HeadReader of(Variables variables, TokenSources sources) {
    return new HeadReader(variables, sources, NOTHING, LinkReader.of(variables));
  }

  /// Of the steps of this journey.
  HeadReader in(MapReader journey) {
    return new HeadReader(
        variables, sources, read(journey, NOTHING.url()), linkReader.within(journey));
  }

  /// Of steps that know other variables.
  HeadReader with(Variables others) {
    return new HeadReader(others, sources, defaults, linkReader);
  }

  Variables variables() {
    return variables;
  }

  /// Reads how the steps connect.
  public LinkReader links() {
    return linkReader;
  }

  private Head read(MapReader map, Template url) {
    Map<String, Template> own = headers(map);
    boolean ownHeader = own.containsKey(AUTHORIZATION);
    Auth auth = authReader.read(map, ownHeader);
    Map<String, Template> headers = ignoringCase();
    headers.putAll(defaults.headers());
    if (auth != null) {
      headers.remove(AUTHORIZATION);
    }
    own.forEach(headers::put);
    return Head.of(url)
        .withHeaders(headers)
        .withAuth(auth != null ? auth : ownHeader ? Auth.none() : defaults.auth());
  }

  /// What a step has beside what journeys have.
  public Head readStep(MapReader map, Template url) {
    return read(map, url).withQuery(query(map)).withCookies(cookies(map));
  }

  private Map<String, Template> headers(MapReader map) {
    Map<String, Template> headers = ignoringCase();
    Set<String> names = new HashSet<>();
    for (Value header : map.entries("headers", "{Accept: text/html}")) {
      Template value = variables.header(header, "");
      if (!names.add(header.name().toLowerCase(Locale.ROOT))) {
        header.wrongKey("the header is there already; write it once");
      } else if (header.name().equalsIgnoreCase("Cookie")) {
        header.wrongKey("cookies go beside those of the service; write `cookies: {NAME: VALUE}`");
      } else if (header.isHeader() && value != null) {
        headers.put(header.name(), value);
      }
    }
    return headers;
  }

  private Map<String, Template> query(MapReader map) {
    Map<String, Template> query = new LinkedHashMap<>();
    for (Value parameter : map.entries("query", "{q: shoes}")) {
      Template value = variables.text(parameter);
      if (value != null) {
        query.put(parameter.name(), value);
      }
    }
    return query;
  }

  private Map<String, Template> cookies(MapReader map) {
    Map<String, Template> cookies = new LinkedHashMap<>();
    for (Value cookie : map.entries("cookies", "{consent: given}")) {
      Template value = variables.header(cookie, "");
      if (!COOKIE.matcher(cookie.name()).matches()) {
        cookie.wrongKey(
            Value.quoted(cookie.name()) + " is not the name of a cookie; write one, as consent");
      } else if (value != null) {
        cookies.put(cookie.name(), value);
      }
    }
    return cookies;
  }

  private static Map<String, Template> ignoringCase() {
    return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  }
}
