package dev.allclear.agent.demo;

import dev.allclear.agent.demo.Truth.Change;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A Knot and three Unbounds on loopback, as users of no privilege can run them. A resolver's
/// answer changes when it fetches the new address, which a relay sees. Any thread.
final class RealNames implements Names {
  private static final String APEX = "allclear.test.";
  private static final String SHOP = "shop";

  private static final String ZONE =
      """
      @ 300 SOA ns1 admin 1 15 5 86400 {ttl}
      @ 300 NS ns1
      ns1 300 A 127.0.0.1
      shop {ttl} A {address}
      """;

  private static final String KNOT =
      """
      server:
          rundir: {folder}
          pidfile: {folder}/knot.pid
          listen: 127.0.0.1@{port}
          udp-workers: 1
          tcp-workers: 1
          background-workers: 1
      database:
          storage: {folder}/knot-db
          journal-db-max-size: 8M
          kasp-db-max-size: 8M
          timer-db-max-size: 8M
      control:
          listen: {folder}/knot.sock
      zone:
        - domain: allclear.test
          storage: {folder}
          file: shop.zone
          zonefile-sync: -1
          zonefile-load: whole
          journal-content: none
      """;

  // It refuses to ask loopback, and answers for .test itself, unless told otherwise.
  private static final String UNBOUND =
      """
      server:
        interface: 127.0.0.1
        port: {port}
        do-ip6: no
        username: ""
        chroot: ""
        directory: "{folder}"
        pidfile: ""
        use-syslog: no
        access-control: 127.0.0.0/8 allow
        do-not-query-localhost: no
        local-zone: "test." nodefault
        module-config: "iterator"
        {manners}
      stub-zone:
        name: "allclear.test."
        stub-addr: 127.0.0.1@{upstream}
      """;

  private final Path folder;
  private final Chronicle chronicle;
  private final Programs programs;
  private final int authority;
  private final Deque<Closeable> open = new ArrayDeque<>();
  private final Map<Manners, Integer> ports = new EnumMap<>(Manners.class);
  private final Map<Manners, Region> shown = new EnumMap<>(Manners.class);
  private Region published = Region.WEST;

  private RealNames(Path folder, Chronicle chronicle, Programs programs, int authority) {
    this.folder = folder;
    this.chronicle = chronicle;
    this.programs = programs;
    this.authority = authority;
  }

  static RealNames open(Ports ports, Chronicle chronicle, Programs programs) throws IOException {
    Path folder = Files.createTempDirectory("allclear-dns");
    RealNames names = new RealNames(folder, chronicle, programs, free(ports, ports.authority()));
    try {
      names.startKnot();
      for (Manners manners : Manners.values()) {
        names.startUnbound(manners, free(ports, ports.resolver(manners)));
      }
      return names;
    } catch (IOException e) {
      names.close();
      throw e;
    }
  }

  /// The port itself, or a free one for 0; whether it is taken is told better here than by a
  /// daemon.
  private static int free(Ports ports, int port) throws IOException {
    return ports.bind(World.LOOPBACK, port, RealNames::probed);
  }

  private static int probed(InetSocketAddress address) throws IOException {
    try (ServerSocket tcp = new ServerSocket(address.getPort(), 0, address.getAddress());
        DatagramSocket _ =
            new DatagramSocket(new InetSocketAddress(address.getAddress(), tcp.getLocalPort()))) {
      return tcp.getLocalPort();
    }
  }

  private void startKnot() throws IOException {
    Files.createDirectory(folder.resolve("knot-db"));
    Files.writeString(
        folder.resolve("shop.zone"),
        ZONE.replace("{ttl}", Long.toString(Authority.TTL.toSeconds()))
            .replace("{address}", published.host()));
    Path config = folder.resolve("knot.conf");
    Files.writeString(
        config,
        KNOT.replace("{folder}", folder.toString()).replace("{port}", String.valueOf(authority)));
    open.push(
        Daemon.start(
            folder,
            () -> control("zone-read", APEX, "@", "SOA") == 0,
            programs.knotd(),
            "-c",
            config.toString()));
  }

  private void startUnbound(Manners manners, int port) throws IOException {
    shown.put(manners, Region.WEST);
    ports.put(manners, port);
    Relay relay =
        Relay.open(authority, chronicle::now, (region, at) -> fetched(manners, region, at));
    open.push(relay);
    Path own = Files.createDirectory(folder.resolve(manners.label()));
    Path config = own.resolve("unbound.conf");
    Files.writeString(
        config,
        UNBOUND
            .replace("{folder}", own.toString())
            .replace("{port}", String.valueOf(port))
            .replace("{upstream}", String.valueOf(relay.port()))
            .replace("{manners}", setting(manners)));
    open.push(
        Daemon.start(
            own, () -> Daemon.accepts(port), programs.unbound(), "-d", "-c", config.toString()));
  }

  private static String setting(Manners manners) {
    return switch (manners) {
      case OBEYS -> "";
      case CLAMPS -> "cache-min-ttl: " + Manners.FLOOR.toSeconds();
      case STALE -> "serve-expired: yes";
    };
  }

  private synchronized void fetched(Manners manners, Region region, Bounds at) {
    if (shown.put(manners, region) != region) {
      chronicle.add(at, new Change.Flipped(manners, region));
    }
  }

  @Override
  public int authority() {
    return authority;
  }

  @Override
  public int port(Manners manners) {
    return Objects.requireNonNull(ports.get(manners));
  }

  @Override
  public synchronized Region published() {
    return published;
  }

  @Override
  public synchronized Region shown(Manners manners) {
    return Objects.requireNonNull(shown.get(manners));
  }

  /// Without the lock: an answer of the new may be fetched before this knows that it is published.
  @Override
  public void move(Region to) throws IOException {
    if (to == published()) {
      return;
    }
    command("zone-begin", APEX);
    command("zone-unset", APEX, SHOP, "A");
    command("zone-set", APEX, SHOP, Long.toString(Authority.TTL.toSeconds()), "A", to.host());
    Moment before = chronicle.now();
    command("zone-commit", APEX);
    moved(to, Bounds.between(before, chronicle.now()));
  }

  private synchronized void moved(Region to, Bounds at) {
    published = to;
    chronicle.add(at, new Change.Moved(to));
  }

  private void command(String... arguments) throws IOException {
    if (control(arguments) != 0) {
      throw new IOException("knotc fails: " + String.join(" ", arguments));
    }
  }

  private int control(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(programs.knotc().toString(), "-c", folder + "/knot.conf"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.onExit().join().exitValue();
  }

  /// A resolver changes its answer only when it is asked.
  @Override
  public void settle() {}

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(RealNames::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
