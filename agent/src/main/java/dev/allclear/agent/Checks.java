package dev.allclear.agent;

import dev.allclear.agent.config.DnsSettings;
import dev.allclear.agent.config.Rate;
import dev.allclear.agent.config.Region;
import dev.allclear.agent.config.ServiceSettings;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.config.journey.JourneySettings;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.schedule.Check;
import dev.allclear.probes.Addresses;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Probe;
import dev.allclear.probes.dns.DnsAddresses;
import dev.allclear.probes.dns.DnsProbe;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.dns.Surveyor;
import dev.allclear.probes.http.Target;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.JourneyProbe;
import dev.allclear.probes.journey.Routes;
import dev.allclear.probes.wire.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The probes that the config asks for: for each service, in each of its target regions, its
/// detection, its journeys and its lookups.
public final class Checks {
  private final Settings settings;
  private final Wire wire;
  private final Lookups lookups;

  /// What runs for a lookup, of which these resolvers count, none being all.
  @FunctionalInterface
  interface Lookups {
    /// Null if every server has to be asked each time.
    @Nullable Probe of(String name, DnsSettings settings, Set<String> resolvers);
  }

  /// Lookups ask every server each time. The wire stays the caller's to close, after the last run.
  public Checks(Settings settings, Wire wire) {
    this(settings, wire, (_, _, _) -> null);
  }

  Checks(Settings settings, Wire wire, Lookups lookups) {
    this.settings = settings;
    this.wire = wire;
    this.lookups = lookups;
  }

  /// Every check, with the service that requires it, in the file's order.
  public Map<Check, ServiceSettings> all() {
    Map<Check, ServiceSettings> checks = new LinkedHashMap<>();
    for (ServiceSettings service : settings.services()) {
      of(service).forEach(check -> checks.put(check, service));
    }
    return checks;
  }

  private List<Check> of(ServiceSettings service) {
    List<Check> checks = new ArrayList<>();
    for (Cell cell : service.cells()) {
      boolean everywhere = cell.region().equals(Cell.GLOBAL);
      checks.addAll(in(cell, service, everywhere ? null : cell.region()));
    }
    return checks;
  }

  private List<Check> in(Cell cell, ServiceSettings service, @Nullable String region) {
    Addresses addresses = addresses(service);
    Routes routes = routes(service);
    Rate budget = service.budget() == null ? settings.agent().budget() : service.budget();
    double perSecond = budget.perSecond();
    List<Check> checks = new ArrayList<>();
    if (service.detect() != null) {
      Journey led = routes.lead(service.detect().probe(), region);
      checks.add(
          new Check(
              cell,
              new JourneyProbe(led, Depth.SHALLOW, wire.clock(), addresses).over(wire),
              service.detect().every(),
              Asks.of(led, perSecond)));
    }
    for (String name : service.verify().journeys()) {
      JourneySettings journey = Objects.requireNonNull(settings.journeys().get(name));
      Journey led = routes.lead(journey.journey(), region);
      checks.add(
          new Check(
              cell,
              new JourneyProbe(led, Depth.DEEP, wire.clock(), addresses),
              journey.every(),
              Asks.of(led, perSecond)));
    }
    service
        .verify()
        .dns()
        .forEach((name, resolvers) -> {
          DnsSettings dns = Objects.requireNonNull(settings.dns().get(name));
          checks.add(new Check(cell, lookup(name, dns, resolvers), dns.every()));
        });
    return checks;
  }

  private Probe lookup(String name, DnsSettings dns, Set<String> resolvers) {
    Probe probe = lookups.of(name, dns, resolvers);
    return probe == null
        ? new DnsProbe(
            name, dns.questions(), surveyor(dns, resolvers), dns.asked().walkAt(), wire.clock())
        : probe;
  }

  private Surveyor surveyor(DnsSettings dns, Set<String> resolvers) {
    List<Server> servers =
        dns.asked().servers().stream()
            .filter(
                each -> each.authority() || resolvers.isEmpty() || resolvers.contains(each.name()))
            .toList();
    return new Surveyor(servers, dns.expect(), dns.timeout(), wire);
  }

  private Routes routes(ServiceSettings service) {
    Map<String, Target> regions = new LinkedHashMap<>();
    service.regions().forEach((name, region) -> regions.put(name, to(region)));
    Map<String, Addresses> resolvers = new LinkedHashMap<>();
    settings
        .resolvers()
        .forEach((name, each) -> resolvers.put(name, new DnsAddresses(each.server(), wire)));
    return new Routes(regions, resolvers);
  }

  private Addresses addresses(ServiceSettings service) {
    return service.resolver() == null
        ? DnsAddresses.system(wire)
        : new DnsAddresses(
            Objects.requireNonNull(settings.resolvers().get(service.resolver())).server(), wire);
  }

  private static Target to(Region region) {
    return new Target(region.address().getHostAddress(), 0);
  }
}
