package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.HostPort;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.agent.yaml.WebUrl;
import dev.allclear.probes.http.HttpProxy;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.http.Target;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.journey.Way;
import dev.allclear.probes.template.Template;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads how steps connect: what a journey says for all of them, and what a step says instead.
public final class LinkReader {
  private static final String NONE = "none";
  private static final Map<String, Link.Http> VERSIONS =
      Map.of("1.1", Link.Http.ONE, "2", Link.Http.TWO, "h2c", Link.Http.CLEARTEXT_TWO);
  private static final List<String> HTTP = List.of("1.1", "2", "h2c");
  private static final String PROXY = "a proxy's URL, as http://proxy.example:3128";
  private static final String TARGET = "an address or HOST:PORT, as 192.0.2.10";
  private static final Pattern HOST =
      Pattern.compile("\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)|([0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)");

  private final Variables variables;
  private final Link link;

  private LinkReader(Variables variables, Link link) {
    this.variables = variables;
    this.link = link;
  }

  /// Of steps that say all by themselves.
  static LinkReader of(Variables variables) {
    return new LinkReader(variables, Link.DEFAULT);
  }

  /// A reader for what is inside the map, which has its own defaults.
  LinkReader within(MapReader map) {
    return new LinkReader(variables, read(map));
  }

  /// What is wrong is as if it were not there.
  public Link read(MapReader map) {
    Value proxy = map.get("proxy");
    Value target = map.get("connect-to");
    Value tls = map.get("tls");
    Link read =
        link.speaking(or(link.http(), map.get("http", LinkReader::http)))
            .following(or(link.redirects(), map.get("redirects", RedirectsReader::read)))
            .secured(tls == null ? link.tls() : TlsReader.read(tls))
            .through(proxy == null ? link.proxy() : proxy(proxy))
            .to(target == null ? link.target() : target(target));
    if (read.proxy() != null && read.target() != null) {
      map.wrong(
          target == null ? "proxy" : "connect-to",
          "a proxy decides where to connect; write only one of: connect-to, proxy");
    }
    return read;
  }

  /// Tells what cannot work together.
  public static void check(MapReader map, Step step) {
    checkVersion(map, step);
    checkTarget(map, step);
  }

  /// An IP address leads where it says, and a proxy finds the way by itself.
  private static void checkTarget(MapReader map, Step step) {
    if (step.link().target() != null && WebUrl.namesAddress(step.action().url().sample("1"))) {
      map.wrong(
          "connect-to",
          "`connect-to` cannot lead a URL elsewhere whose host is an IP address; write a host name in"
              + " the URL");
    }
    Way way = step.conduct().way();
    String led = way.across().isEmpty() ? "region" : "consistent-across";
    if (step.link().proxy() != null && (way.region() != null || !way.across().isEmpty())) {
      map.wrong(
          led, "a proxy decides where to connect; write only one of: %s, proxy".formatted(led));
    }
  }

  /// HTTP/2 comes about in one way with TLS, and in another without.
  private static void checkVersion(MapReader map, Step step) {
    Template url = step.action().url();
    switch (step.link().http()) {
      case TWO -> refuse(map, url.beginsWith("http://"), "2", "http", "h2c");
      case CLEARTEXT_TWO -> refuse(map, url.beginsWith("https://"), "h2c", "https", "2");
      case NEGOTIATED, ONE -> {}
    }
  }

  private static void refuse(
      MapReader map, boolean wrong, String written, String scheme, String instead) {
    if (wrong) {
      map.wrong(
          "http",
          "`http: %s` is not for %s URLs; write `http: %s`".formatted(written, scheme, instead));
    }
  }

  private static <T> T or(T otherwise, @Nullable T read) {
    return read == null ? otherwise : read;
  }

  private static Link.@Nullable Http http(Value value) {
    String version = value.choice(HTTP);
    return version == null ? null : VERSIONS.get(version);
  }

  private @Nullable HttpProxy proxy(Value value) {
    Template text = variables.text(value);
    String url = text == null ? NONE : text.sample("");
    if (text != null && !url.equals(text.sample("1"))) {
      value.wrong("a proxy is known before the journey runs; write its URL, or ${env:NAME} in it");
      return null;
    }
    return url.equals(NONE) ? null : value.parsed(PROXY, _ -> HttpProxy.parse(url));
  }

  private static @Nullable Target target(Value value) {
    String text = value.text(TARGET);
    return text == null || text.equals(NONE) ? null : value.parsed(TARGET, LinkReader::parseTarget);
  }

  /// With a port where one is written after a host, or after brackets.
  private static Target parseTarget(String text) {
    Matcher host = HOST.matcher(text);
    if (host.matches()) {
      String bracketed = host.group(1);
      return new Target(bracketed == null ? text : bracketed, 0);
    }
    HostPort both = HostPort.parse(text);
    if (!HostPort.isPort(both.port())) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " has no port from 1 to 65535; write one, as 192.0.2.10:8443");
    }
    return new Target(both.host(), both.port());
  }
}
