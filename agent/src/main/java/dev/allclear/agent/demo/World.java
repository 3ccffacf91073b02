package dev.allclear.agent.demo;

import dev.allclear.probes.Clock;
import dev.allclear.probes.dns.Nameserver;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A shop in two regions, the nameserver that knows where it is, three caching resolvers that
/// remember, and a control endpoint for people with curl: all on loopback, healthy and in the west
/// at first. Any thread.
public final class World implements AutoCloseable {
  /// What users type; the authority answers for it.
  public static final String HOST = Zone.HOST;

  static final String LOOPBACK = "127.0.0.1";

  /// To find a port that is free in both regions.
  private static final int ATTEMPTS = 20;

  private final Chronicle chronicle;
  private final Storefront storefront;
  private final Authority authority;
  private final Map<Region, Shop> shops = new EnumMap<>(Region.class);
  private final Map<Manners, CachingResolver> resolvers = new EnumMap<>(Manners.class);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("world-", 0).factory());
  private final Deque<Closeable> open = new ArrayDeque<>();
  private Ports ports;

  private World(Ports ports, Clock clock, long seed) {
    this.ports = ports;
    this.chronicle = new Chronicle(clock);
    this.storefront = new Storefront(seed);
    this.authority = new Authority(Region.WEST, chronicle);
    for (Manners manners : Manners.values()) {
      resolvers.put(manners, new CachingResolver(manners, authority::location, chronicle, threads));
    }
  }

  /// The seed decides the shop's tokens.
  ///
  /// @throws IOException that names the address in use, and what to do
  public static World start(Ports ports, Clock clock, long seed) throws IOException {
    World world = new World(ports, clock, seed);
    try {
      world.open();
      return world;
    } catch (IOException e) {
      world.close();
      throw e;
    }
  }

  private synchronized void open() throws IOException {
    open.push(threads::shutdownNow);
    int shop = openShops(ATTEMPTS);
    int source = serve(ports.authority(), Zone.authoritative(authority::lease));
    int obeys = serve(ports.obeys(), Zone.cached(resolver(Manners.OBEYS)::ask));
    int clamps = serve(ports.clamps(), Zone.cached(resolver(Manners.CLAMPS)::ask));
    int stale = serve(ports.stale(), Zone.cached(resolver(Manners.STALE)::ask));
    Control pages = new Control(this);
    Site control = bind(LOOPBACK, ports.control(), at -> Site.open(at, pages::answer, threads));
    open.push(control);
    ports = new Ports(control.address().getPort(), shop, source, obeys, clamps, stale);
  }

  private int openShops(int attempts) throws IOException {
    Shop west = openShop(Region.WEST, ports.shop());
    int port = west.address().getPort();
    try {
      openShop(Region.EAST, port);
      return port;
    } catch (BindException e) {
      if (ports.shop() != 0 || attempts == 1) {
        throw e;
      }
      west.close();
      return openShops(attempts - 1);
    }
  }

  private Shop openShop(Region region, int port) throws IOException {
    Shop shop =
        bind(region.host(), port, at -> Shop.open(region, at, storefront, chronicle, threads));
    open.push(shop);
    shops.put(region, shop);
    return shop;
  }

  private int serve(int port, Nameserver.Handler handler) throws IOException {
    Nameserver server = bind(LOOPBACK, port, at -> Nameserver.start(at, handler));
    open.push(server::close);
    return server.address().getPort();
  }

  /// Something that takes an address to itself.
  @FunctionalInterface
  private interface Opening<T> {
    T at(InetSocketAddress address) throws IOException;
  }

  private <T> T bind(String host, int port, Opening<T> opening) throws IOException {
    try {
      return opening.at(new InetSocketAddress(host, port));
    } catch (BindException e) {
      BindException explained = new BindException(ports.explain(host, port, e));
      explained.initCause(e);
      throw explained;
    }
  }

  /// With the ports that were free where 0 was asked for.
  public synchronized Ports ports() {
    return ports;
  }

  public synchronized void perform(Act act) throws IOException {
    switch (act) {
      case Act.Break(Region region, Breakage how) -> shop(region).breakDown(how);
      case Act.Mend(Region region) -> shop(region).mend();
      case Act.Warm(Region region, Duration length) -> shop(region).warm(length);
      case Act.FailOver(Region to) -> failOver(to);
      case Act.Settle() -> settle();
    }
  }

  private void failOver(Region to) {
    settle();
    authority.move(to);
  }

  private void settle() {
    shops.values().forEach(Shop::settle);
    resolvers.values().forEach(CachingResolver::settle);
  }

  /// Until now.
  public synchronized Truth truth() {
    settle();
    return chronicle.truth();
  }

  /// `config/allclear.yaml`, made to watch this world and to keep its ledger there.
  public String config(Path ledger) {
    return Watching.config(ports(), ledger);
  }

  Authority authority() {
    return authority;
  }

  Shop shop(Region region) {
    return Objects.requireNonNull(shops.get(region));
  }

  CachingResolver resolver(Manners manners) {
    return Objects.requireNonNull(resolvers.get(manners));
  }

  @Override
  public void close() throws IOException {
    shut();
    // Not under the lock, which an act under way may be waiting for.
    threads.close();
  }

  private synchronized void shut() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
