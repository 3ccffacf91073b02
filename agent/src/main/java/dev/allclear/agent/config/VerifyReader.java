package dev.allclear.agent.config;

import dev.allclear.agent.config.ServiceSettings.Verify;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.dns.Server;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what a service says under `verify`.
final class VerifyReader {
  private static final String ALL = "all";

  private final Names journeyNames;
  private final Names dnsNames;
  private final Map<String, DnsSettings> dns;

  VerifyReader(Names journeyNames, Names dnsNames, Map<String, DnsSettings> dns) {
    this.journeyNames = journeyNames;
    this.dnsNames = dnsNames;
    this.dns = dns;
  }

  @Nullable Verification read(Value value) {
    return value.map("a map, as {journeys: [NAME]}", this::read);
  }

  private @Nullable Verification read(MapReader map) {
    List<Value> written = map.list("journeys");
    List<String> journeys = journeyNames.resolve(written);
    Map<String, Set<String>> lookups = lookups(map.get("dns"), journeys);
    Integer passes = map.get("passes", Verification.DEFAULT.passes(), Value::count);
    Duration span = map.get("for", Verification.DEFAULT.span(), Value::length);
    Duration hold = map.duration("hold", Verification.DEFAULT.hold());
    boolean deep = !written.isEmpty() || map.isMisspelt("journeys");
    return passes == null || span == null || hold == null
        ? null
        : new Verification(new Verify(journeys, lookups), passes, span, hold, deep, map.get("for"));
  }

  /// Names, or a map of names with the resolvers that count.
  private Map<String, Set<String>> lookups(@Nullable Value value, List<String> journeys) {
    Map<String, Set<String>> lookups = new LinkedHashMap<>();
    if (value == null) {
      return lookups;
    }
    if (value.isMap()) {
      for (Value entry : value.entries("{shop.example: all}")) {
        if (dnsNames.resolveKey(entry)) {
          lookups.put(entry.name(), chosen(entry));
          if (journeys.contains(entry.name())) {
            entry.wrongKey(notDistinct(entry.name()));
          }
        }
      }
      return lookups;
    }
    List<Value> names = value.list();
    dnsNames.resolve(names).forEach(name -> lookups.put(name, Set.of()));
    names.forEach(name -> checkDistinct(name, journeys));
    return lookups;
  }

  /// Empty for all.
  private Set<String> chosen(Value entry) {
    List<Value> written = entry.list();
    if (written.size() == 1 && ALL.equals(written.getFirst().text("resolvers, or all"))) {
      return Set.of();
    }
    DnsSettings lookup = dns.get(entry.name());
    Set<String> known =
        lookup == null
            ? null
            : lookup.asked().resolvers().stream()
                .map(Server::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    Names resolvers = new Names("resolver of " + entry.name(), "dns", known);
    return new LinkedHashSet<>(resolvers.resolve(written));
  }

  /// Within a service each probe is known by its name.
  private static void checkDistinct(Value lookup, List<String> journeys) {
    String name = lookup.text("the name of a dns name");
    if (name != null && journeys.contains(name)) {
      lookup.wrong(notDistinct(name));
    }
  }

  private static String notDistinct(String name) {
    return Value.quoted(name) + " is a journey here, too; give the journey another name";
  }
}
