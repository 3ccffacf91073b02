package dev.allclear.agent.config;

import dev.allclear.agent.yaml.IpAddress;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.dns.Subnet;
import dev.allclear.probes.wire.Route;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one name under `resolvers`.
final class ResolverReader {
  private static final String SERVER = "an address, as 9.9.9.9 or tcp://192.0.2.53:53";

  private static final String GET = "GET";
  private static final String POST = "POST";

  private ResolverReader() {}

  static @Nullable ResolverSettings read(Value entry) {
    if (!entry.isNamed()) {
      return null;
    }
    if (entry.isMap()) {
      return entry.map("", map -> weighted(entry, map));
    }
    Server server = server(entry, entry);
    return server == null ? null : new ResolverSettings(server, 0);
  }

  private static @Nullable ResolverSettings weighted(Value entry, MapReader map) {
    Integer weight = map.get("weight", 0, Value::count);
    Server server = resolver(entry, map);
    return server == null || weight == null ? null : new ResolverSettings(server, weight);
  }

  private static @Nullable Server server(Value entry, Value address) {
    return address.parsed(SERVER, text -> Server.parse(entry.name(), text));
  }

  private static @Nullable Server resolver(Value entry, MapReader map) {
    Subnet clients = map.get("subnet", value -> value.parsed("a client subnet", Subnet::parse));
    Server plain = map.require("address", SERVER, value -> server(entry, value));
    Server server = plain == null || clients == null ? plain : plain.seenFrom(clients);
    InetAddress chosen =
        map.get("connect-to", value -> value.parsed("an IP address", IpAddress::parse));
    Path authorities = map.get("ca", Value::file);
    String name =
        map.get("server-name", value -> value.parsed("a host name", ResolverReader::host));
    String method = map.get("method", GET, value -> value.choice(List.of(GET, POST)));
    if (server == null || method == null) {
      return null;
    }
    Server asked = asked(map, server, method);
    if (!server.isSecured()) {
      for (String key : new String[] {"connect-to", "ca", "server-name"}) {
        if (map.has(key)) {
          map.wrong(key, "only a resolver behind TLS needs it; write tls:// or https://");
        }
      }
      return asked;
    }
    Server there = chosen == null ? asked : asked.connectingTo(chosen);
    return authorities == null && name == null ? there : verified(map, there, authorities, name);
  }

  private static Server asked(MapReader map, Server server, String method) {
    if (server.transport() == Server.Transport.HTTPS) {
      return server.asking(Route.Method.valueOf(method));
    }
    if (map.has("method")) {
      map.wrong("method", "only a resolver behind HTTPS needs it; write https://HOST/dns-query");
    }
    return server;
  }

  private static String host(String text) {
    if (!text.matches("[A-Za-z0-9._:-]+")) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " is not the name of a host; write one, as dns.example");
    }
    return text;
  }

  private static @Nullable Server verified(
      MapReader map, Server server, @Nullable Path authorities, @Nullable String name) {
    try {
      return server.verified(authorities, name);
    } catch (IllegalArgumentException e) {
      map.wrong("ca", String.valueOf(e.getMessage()));
      return null;
    }
  }
}
