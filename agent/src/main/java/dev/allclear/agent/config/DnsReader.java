package dev.allclear.agent.config;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one name under `dns`.
final class DnsReader {
  private static final String DEFAULT_TYPE = "A";
  private static final String AUTO = "auto";
  private static final int DNS_PORT = 53;

  private final Names resolverNames;
  private final Map<String, ResolverSettings> resolvers;

  DnsReader(Names resolverNames, Map<String, ResolverSettings> resolvers) {
    this.resolverNames = resolverNames;
    this.resolvers = resolvers;
  }

  @Nullable DnsSettings read(Value entry) {
    return entry.map("a map, as {resolvers: [9.9.9.9]}", map -> lookup(entry, map));
  }

  private @Nullable DnsSettings lookup(Value entry, MapReader map) {
    List<Question> questions = questions(entry, map.list("types"));
    DnsSettings.Asked asked = asked(entry, map);
    RecordReader records = new RecordReader(questions);
    List<String> expect = records.expect(map.list("expect"));
    List<String> fresh = map.get("new", List.of(), records::fresh);
    Pace pace = Pace.read(map);
    return questions.isEmpty() || fresh == null || pace == null
        ? null
        : new DnsSettings(questions, asked, expect, fresh, pace.every(), pace.timeout());
  }

  /// Empty if none is in order.
  private static List<Question> questions(Value entry, List<Value> types) {
    List<Question> questions = new ArrayList<>();
    try {
      Question usual = new Question(entry.name(), DEFAULT_TYPE);
      for (Value type : types) {
        Question question =
            type.parsed("a record type, as A", text -> new Question(entry.name(), text));
        if (question != null && questions.contains(question)) {
          type.wrong(Value.quoted(question.type()) + " is listed twice; write it once");
        } else if (question != null) {
          questions.add(question);
        }
      }
      return types.isEmpty() ? List.of(usual) : questions;
    } catch (IllegalArgumentException e) {
      entry.wrongKey(e.getMessage() + "; write one, as shop.example");
      return List.of();
    }
  }

  private DnsSettings.Asked asked(Value entry, MapReader map) {
    List<Value> written = map.list("authorities");
    List<Value> askedResolvers = map.list("resolvers");
    boolean walk = written.size() == 1 && isAuto(written.getFirst());
    List<Server> authorities = walk ? List.of() : authorities(written);
    List<Server> all = new ArrayList<>(authorities);
    Map<String, Integer> weights = new HashMap<>();
    for (Value value : askedResolvers) {
      ResolverSettings resolver = resolver(value);
      if (resolver != null && add(resolver.server(), value, all)) {
        weights.put(resolver.server().name(), resolver.weight());
      }
    }
    if (written.isEmpty()
        && askedResolvers.isEmpty()
        && !map.isMisspelt("authorities")
        && !map.isMisspelt("resolvers")) {
      entry.wrongKey("there is no server to ask; write `authorities` or `resolvers`");
    }
    if (walk && askedResolvers.isEmpty() && !map.isMisspelt("resolvers")) {
      written.getFirst().wrong("authorities are found through resolvers; write `resolvers`, too");
    }
    Integer port = port(map, walk);
    return new DnsSettings.Asked(
        authorities,
        walk && port != null ? port : 0,
        all.subList(authorities.size(), all.size()),
        weights);
  }

  private static boolean isAuto(Value authority) {
    return authority.kind() == Value.Kind.TEXT
        && AUTO.equals(authority.text("an address, as 192.0.2.53, or auto"));
  }

  private static @Nullable Integer port(MapReader map, boolean walk) {
    if (!walk && map.has("authority-port")) {
      map.wrong(
          "authority-port",
          "only authorities that are found need it; write `authorities: auto`, or ADDRESS:PORT"
              + " there");
    }
    return map.get("authority-port", DNS_PORT, DnsReader::port);
  }

  private static @Nullable Integer port(Value value) {
    return value.parsed(
        "a port, as 53",
        text -> {
          int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
          if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                Value.quoted(text) + " is not a port; write a number from 1 to 65535");
          }
          return port;
        });
  }

  private static List<Server> authorities(List<Value> written) {
    List<Server> servers = new ArrayList<>();
    for (Value value : written) {
      if (isAuto(value)) {
        value.wrong("`auto` stands alone; write it without addresses, or addresses without it");
        continue;
      }
      Server server =
          value.parsed("an address, as 192.0.2.53", text -> Server.parse(text, text).asAuthority());
      if (server != null) {
        add(server, value, servers);
      }
    }
    return servers;
  }

  /// A name under `resolvers`, or an address.
  private @Nullable ResolverSettings resolver(Value value) {
    String text = value.text("a resolver's name or address");
    if (text == null || resolverNames.contains(text)) {
      return resolvers.get(text);
    }
    if (!text.contains(":") && !text.matches("[\\d.]+")) {
      return resolvers.get(resolverNames.resolve(value));
    }
    Server server = value.parsed("an address", address -> Server.parse(address, address));
    return server == null ? null : new ResolverSettings(server, 0);
  }

  private static boolean add(Server server, Value written, List<Server> servers) {
    boolean twice = servers.stream().anyMatch(server::isAt);
    if (twice) {
      written.wrong(Value.quoted(server.name()) + " is asked twice; write it once");
    }
    return !twice && servers.add(server);
  }
}
