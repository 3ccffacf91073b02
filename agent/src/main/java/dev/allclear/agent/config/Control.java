package dev.allclear.agent.config;

import dev.allclear.agent.yaml.HostPort;
import dev.allclear.agent.yaml.Value;
import dev.allclear.agent.yaml.WebUrl;
import dev.allclear.probes.dns.Server;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A witness of the agent's own network: somebody else, who answers unless that is lost. `name` is
/// how it is written.
public sealed interface Control {
  String name();

  /// Answers if it accepts a connection.
  record Tcp(String name, HostPort at) implements Control {}

  /// Answers if it says anything in HTTP.
  record Web(String name, URI url) implements Control {}

  /// Answers if it says anything in DNS.
  record Dns(String name, Server server) implements Control {}

  /// Reads `tcp://HOST:PORT`, `dns://ADDRESS`, `http://HOST…` or `https://HOST…`.
  ///
  /// @throws IllegalArgumentException saying what to write instead
  static Control parse(String text) {
    Matcher url = Pattern.compile("([a-z]+)://(.*)", Pattern.DOTALL).matcher(text);
    String scheme = url.matches() ? url.group(1) : "";
    return switch (scheme) {
      case "tcp" -> new Tcp(text, port(url.group(2)));
      case "dns" -> new Dns(text, Server.parse(text, url.group(2)));
      case "http", "https" -> new Web(text, WebUrl.parse(text));
      default ->
          throw new IllegalArgumentException(
              Value.quoted(text)
                  + " is no witness; write tcp://HOST:PORT, dns://ADDRESS or https://HOST");
    };
  }

  private static HostPort port(String text) {
    HostPort at = HostPort.parse(text);
    if (!HostPort.isPort(at.port())) {
      throw new IllegalArgumentException("nobody is at port 0; write one from 1 to 65535");
    }
    return at;
  }
}
