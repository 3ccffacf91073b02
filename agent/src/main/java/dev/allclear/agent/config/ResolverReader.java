package dev.allclear.agent.config;

import dev.allclear.agent.yaml.IpAddress;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.dns.Subnet;
import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads one name under `resolvers`.
final class ResolverReader {
  private static final String SERVER = "an address, as 9.9.9.9 or tcp://192.0.2.53:53";

  private ResolverReader() {}

  static @Nullable Server read(Value entry) {
    if (!entry.isNamed()) {
      return null;
    }
    return entry.isMap() ? entry.map("", map -> resolver(entry, map)) : server(entry, entry);
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
    if (server == null) {
      return null;
    }
    if (!server.isSecured()) {
      for (String key : new String[] {"connect-to", "ca", "server-name"}) {
        if (map.has(key)) {
          map.wrong(key, "only a resolver behind TLS needs it; write tls:// or https://");
        }
      }
      return server;
    }
    Server there = chosen == null ? server : server.connectingTo(chosen);
    return authorities == null && name == null ? there : verified(map, there, authorities, name);
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
