package dev.allclear.agent.demo;

import dev.allclear.probes.dns.Nameserver;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/// Nameservers within this process, which need nothing installed and know exactly when they would
/// answer what.
final class OwnNames implements Names {
  private final Authority authority;
  private final Map<Manners, CachingResolver> resolvers = new EnumMap<>(Manners.class);
  private final Map<Manners, Nameserver> caches = new EnumMap<>(Manners.class);
  private final Nameserver source;

  private OwnNames(Authority authority, Nameserver source) {
    this.authority = authority;
    this.source = source;
  }

  static OwnNames open(Ports ports, Chronicle chronicle, Executor threads) throws IOException {
    Authority authority = new Authority(Region.WEST, chronicle);
    OwnNames names =
        new OwnNames(
            authority, serve(ports, ports.authority(), Zone.authoritative(authority::lease)));
    try {
      for (Manners manners : Manners.values()) {
        CachingResolver resolver =
            new CachingResolver(manners, authority::location, chronicle, threads);
        names.resolvers.put(manners, resolver);
        names.caches.put(
            manners, serve(ports, ports.resolver(manners), Zone.cached(resolver::ask)));
      }
      return names;
    } catch (IOException e) {
      names.close();
      throw e;
    }
  }

  private static Nameserver serve(Ports ports, int port, Nameserver.Handler handler)
      throws IOException {
    return ports.bind(World.LOOPBACK, port, at -> Nameserver.start(at, handler));
  }

  @Override
  public int authority() {
    return source.address().getPort();
  }

  @Override
  public int port(Manners manners) {
    return Objects.requireNonNull(caches.get(manners)).address().getPort();
  }

  @Override
  public Region published() {
    return authority.location().region();
  }

  @Override
  public Region shown(Manners manners) {
    return Objects.requireNonNull(resolvers.get(manners)).settle();
  }

  @Override
  public void move(Region to) {
    authority.move(to);
  }

  @Override
  public void settle() {
    resolvers.values().forEach(CachingResolver::settle);
  }

  @Override
  public void close() throws IOException {
    for (Nameserver cache : caches.values()) {
      cache.close();
    }
    source.close();
  }
}
