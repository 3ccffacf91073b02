package dev.allclear.agent.demo;

import dev.allclear.probes.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A shop in two regions, the nameserver that knows where it is, three caching resolvers that
/// remember, and a control endpoint for people with curl: all on loopback, healthy and in the west
/// at first. Any thread.
public final class World implements AutoCloseable {
  /// What users type; the authority answers for it.
  public static final String HOST = Zone.HOST;

  /// Where servers are that users other than root seldom have on their PATH; to be appended to it.
  public static final String SYSTEM_PATH = ":/usr/sbin:/usr/local/sbin:/sbin";

  static final String LOOPBACK = "127.0.0.1";

  /// To find a port that is free in both regions.
  private static final int ATTEMPTS = 20;

  private final Chronicle chronicle;
  private final Storefront storefront;
  private final Map<Region, Shop> shops = new EnumMap<>(Region.class);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("world-", 0).factory());
  private final Deque<Closeable> open = new ArrayDeque<>();
  private @Nullable Names names;
  private Ports ports;

  private World(Ports ports, Clock clock, long seed) {
    this.ports = ports;
    this.chronicle = new Chronicle(clock);
    this.storefront = new Storefront(seed);
  }

  /// The seed decides the shop's tokens.
  ///
  /// @throws IOException that names the address in use, and what to do
  public static World start(Ports ports, Clock clock, long seed) throws IOException {
    World world = new World(ports, clock, seed);
    return world.opened(() -> OwnNames.open(ports, world.chronicle, world.threads));
  }

  /// With a Knot and three Unbounds, found in the folders of this path, in place of the nameservers
  /// of its own.
  ///
  /// @throws IOException that also tells which of them is missing, and how to install it
  public static World startWithRealDns(Ports ports, Clock clock, long seed, String path)
      throws IOException {
    World world = new World(ports, clock, seed);
    return world.opened(() -> RealNames.open(ports, world.chronicle, Programs.on(path)));
  }

  /// Starts nameservers.
  @FunctionalInterface
  private interface Naming {
    Names start() throws IOException;
  }

  private World opened(Naming naming) throws IOException {
    try {
      open(naming);
      return this;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private synchronized void open(Naming naming) throws IOException {
    open.push(threads::shutdownNow);
    int shop = openShops(ATTEMPTS);
    Names named = naming.start();
    open.push(named);
    names = named;
    Control pages = new Control(this);
    Site control =
        ports.bind(LOOPBACK, ports.control(), at -> Site.open(at, pages::answer, threads));
    open.push(control);
    ports =
        new Ports(
            control.address().getPort(),
            shop,
            named.authority(),
            named.port(Manners.OBEYS),
            named.port(Manners.CLAMPS),
            named.port(Manners.STALE));
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
        ports.bind(
            region.host(), port, at -> Shop.open(region, at, storefront, chronicle, threads));
    open.push(shop);
    shops.put(region, shop);
    return shop;
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

  private void failOver(Region to) throws IOException {
    settle();
    names().move(to);
  }

  private void settle() {
    shops.values().forEach(Shop::settle);
    names().settle();
  }

  /// Until now.
  public synchronized Truth truth() {
    settle();
    return chronicle.truth();
  }

  /// `config/allclear.yaml`, made to watch this world so patiently and to keep its ledger there.
  public String config(Path ledger, Duration timeout) {
    return Watching.config(ports(), ledger, timeout);
  }

  Names names() {
    return Objects.requireNonNull(names, "not open yet");
  }

  Shop shop(Region region) {
    return Objects.requireNonNull(shops.get(region));
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
