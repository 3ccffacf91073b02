package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Type;

/// A real authority for `fo.test`: Knot, whose zone can be changed, or an NSD that copies it.
final class Authority implements Closeable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final DnsServer server;
  private final String apex;

  private Authority(DnsServer server, String apex) {
    this.server = server;
    this.apex = apex;
  }

  /// A Knot with such lines of a zone, and settings of the zone in its own words.
  static Authority start(Path folder, String zone, String... options)
      throws IOException, InterruptedException {
    return knot(folder, "knot", "fo.test.", zone, List.of(options));
  }

  /// A Knot that is the root, with all names of its zone in full.
  static Authority root(Path folder, String zone, String... options)
      throws IOException, InterruptedException {
    return knot(folder, "knot-root", ".", zone, List.of(options));
  }

  /// The same, which is also the parent `test` of the zone.
  static Authority parent(Path folder, String root, String zone)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("test.zone"), zone);
    return new Authority(root(folder, root).server, "test.");
  }

  /// A Knot whose zone is signed, but was good only until 2020.
  static Authority expired(Path folder, String zone) throws IOException, InterruptedException {
    return knot(folder, "knot-expired", "fo.test.", zone, List.of());
  }

  private static Authority knot(
      Path folder, String software, String apex, String zone, List<String> options)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("fo.zone"), zone);
    return ready(DnsServer.start(folder, software, 1, List.of(), options), apex);
  }

  /// An NSD that hears of a change only when the SOA's refresh time is over.
  static Authority lagging(Path folder, Authority primary)
      throws IOException, InterruptedException {
    List<String> primaries = List.of(primary.address());
    return ready(DnsServer.start(folder, "nsd", 1, primaries, List.of()), "fo.test.");
  }

  private static Authority ready(DnsServer server, String apex)
      throws IOException, InterruptedException {
    Authority authority = new Authority(server, apex);
    authority.awaitZone();
    return authority;
  }

  private void awaitZone() throws IOException, InterruptedException {
    server.until("the zone is served", () -> ask(apex, Type.SOA).has(Flags.AA));
  }

  int port() {
    return server.port();
  }

  String address() {
    return server.address();
  }

  Heard ask(String name, int type) throws IOException {
    return Heard.from(port(), name, type);
  }

  /// From the end of the returned time on, every answer is the new one, and before its begin none.
  Truth put(String owner, int ttl, String type, String data)
      throws IOException, InterruptedException {
    control("zone-begin", apex);
    run("zone-unset", apex, owner, type);
    control("zone-set", apex, owner, Integer.toString(ttl), type, data);
    return Truth.of(() -> control("zone-commit", apex));
  }

  /// The same for a record set that shall be no more.
  Truth remove(String owner, String type) throws IOException, InterruptedException {
    control("zone-begin", apex);
    control("zone-unset", apex, owner, type);
    return Truth.of(() -> control("zone-commit", apex));
  }

  /// What a parent would say of the signed zone's key.
  String ds() throws IOException, InterruptedException {
    Path known = server.file("ds");
    if (Files.exists(known)) {
      return Files.readString(known).strip();
    }
    try (Child keys = tool("keymgr", apex, "ds")) {
      assertEquals(0, keys.await(LIMIT), keys::toString);
      return keys.lines().getFirst();
    }
  }

  private void control(String... arguments) throws IOException, InterruptedException {
    assertEquals(0, run(arguments), () -> String.join(" ", arguments));
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    try (Child child = tool("knotc", arguments)) {
      return child.await(LIMIT);
    }
  }

  private Child tool(String program, String... arguments) throws IOException {
    String config = server.file("knot.conf").toString();
    Stream<String> tool = Stream.of(Daemon.executable(program).toString(), "-c", config);
    return Child.start(server.file("."), Stream.concat(tool, Stream.of(arguments)).toList());
  }

  Truth kill() throws IOException, InterruptedException {
    return Truth.of(server::kill);
  }

  /// With the zone as it was last changed.
  Truth startAgain() throws IOException, InterruptedException {
    return Truth.of(() -> {
      server.startAgain();
      awaitZone();
    });
  }

  /// While it is dead its zone becomes another.
  Truth startAgain(String from, String to) throws IOException, InterruptedException {
    Path zone = server.file("fo.zone");
    Files.writeString(zone, Files.readString(zone).replace(from, to));
    return startAgain();
  }

  @Override
  public void close() {
    server.close();
  }
}
