package dev.allclear.agent.config;

import dev.allclear.agent.yaml.IpAddress;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one name under `dns`.
final class DnsReader {
  private static final String DEFAULT_TYPE = "A";

  private final Names resolverNames;
  private final Map<String, Server> resolvers;

  DnsReader(Names resolverNames, Map<String, Server> resolvers) {
    this.resolverNames = resolverNames;
    this.resolvers = resolvers;
  }

  @Nullable DnsSettings read(Value entry) {
    return entry.map("a map, as {resolvers: [9.9.9.9]}", map -> lookup(entry, map));
  }

  private @Nullable DnsSettings lookup(Value entry, MapReader map) {
    Question question = question(entry, map.get("type"));
    List<Server> servers = servers(entry, map);
    List<String> expect = expect(map.list("expect"), question);
    Pace pace = Pace.read(map);
    return question == null || pace == null
        ? null
        : new DnsSettings(question, servers, expect, pace.every(), pace.timeout());
  }

  private static List<String> expect(List<Value> records, @Nullable Question question) {
    List<String> expect = new ArrayList<>();
    for (Value record : records) {
      String text = record.parsed("a record, as 192.0.2.10", it -> checkRecord(it, question));
      if (text != null) {
        expect.add(text);
      }
    }
    return expect;
  }

  /// An address that is none would never be answered.
  private static String checkRecord(String text, @Nullable Question question) {
    String type = question == null ? "" : question.type();
    if (!text.startsWith("CNAME ") && (type.equals("A") || type.equals("AAAA"))) {
      boolean fits = IpAddress.parse(text) instanceof Inet4Address == type.equals("A");
      if (!fits) {
        throw new IllegalArgumentException(
            Value.quoted(text) + " is no " + type + " record; write another `type`");
      }
    }
    return text;
  }

  private static @Nullable Question question(Value entry, @Nullable Value type) {
    try {
      Question question = new Question(entry.name(), DEFAULT_TYPE);
      return type == null
          ? question
          : type.parsed("a record type, as A", text -> new Question(entry.name(), text));
    } catch (IllegalArgumentException e) {
      entry.wrongKey(e.getMessage() + "; write one, as shop.example");
      return null;
    }
  }

  private List<Server> servers(Value entry, MapReader map) {
    List<Value> authorities = map.list("authorities");
    List<Value> askedResolvers = map.list("resolvers");
    List<Server> servers = new ArrayList<>();
    for (Value value : authorities) {
      Server server =
          value.parsed("an address, as 192.0.2.53", text -> Server.parse(text, text).asAuthority());
      add(server, value, servers);
    }
    for (Value value : askedResolvers) {
      add(resolver(value), value, servers);
    }
    if (authorities.isEmpty()
        && askedResolvers.isEmpty()
        && !map.isMisspelt("authorities")
        && !map.isMisspelt("resolvers")) {
      entry.wrongKey("there is no server to ask; write `authorities` or `resolvers`");
    }
    return servers;
  }

  /// A name under `resolvers`, or an address.
  private @Nullable Server resolver(Value value) {
    String text = value.text("a resolver's name or address");
    if (text == null || resolverNames.contains(text)) {
      return resolvers.get(text);
    }
    return text.contains(":") || text.matches("[\\d.]+")
        ? value.parsed("an address", address -> Server.parse(address, address))
        : resolvers.get(resolverNames.resolve(value));
  }

  private static void add(@Nullable Server server, Value written, List<Server> servers) {
    if (server == null) {
      return;
    }
    boolean twice = servers.stream().anyMatch(server::isAt);
    if (twice) {
      written.wrong(Value.quoted(server.name()) + " is asked twice; write it once");
    } else {
      servers.add(server);
    }
  }
}
