package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A real Knot that is the authority for one name.
final class Knot implements AutoCloseable {
  static final String NAME = "app.shop.test";

  private static final String CONFIG =
      """
      server:
        rundir: {folder}
        listen: 127.0.0.1@{port}
      database:
        storage: {folder}/knot-db
      control:
        listen: {folder}/knot.sock
      zone:
        - domain: shop.test
          storage: {folder}
          file: shop.zone
          zonefile-sync: -1
          zonefile-load: whole
          journal-content: none
      """;

  private static final String ZONE =
      """
      @ 300 SOA ns1 admin 1 15 5 86400 20
      @ 300 NS ns1
      ns1 300 A 127.0.0.1
      app 300 A {address}
      """;

  private final Path folder;
  private final int port;
  private final Child process;

  private Knot(Path folder, int port, Child process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  static Knot start(Path folder, String address) throws IOException, InterruptedException {
    int port = Ports.free();
    Files.writeString(folder.resolve("shop.zone"), ZONE.replace("{address}", address));
    Files.writeString(
        folder.resolve("knot.conf"),
        CONFIG.replace("{folder}", folder.toString()).replace("{port}", Integer.toString(port)));
    String config = folder.resolve("knot.conf").toString();
    Child process = Daemon.start(folder, port, "knotd", "-c", config);
    Knot knot = new Knot(folder, port, process);
    process.until("knot has loaded the zone", () -> knot.control("zone-read", "shop.test") == 0);
    return knot;
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /// From the return of this method on, every answer is the new one.
  void change(String address) throws IOException, InterruptedException {
    assertEquals(0, control("zone-begin", "shop.test"));
    assertEquals(0, control("zone-unset", "shop.test", "app", "A"));
    assertEquals(0, control("zone-set", "shop.test", "app", "300", "A", address));
    assertEquals(0, control("zone-commit", "shop.test"));
  }

  private int control(String... arguments) throws IOException, InterruptedException {
    String knotc = Daemon.executable("knotc").toString();
    Stream<String> control = Stream.of(knotc, "-c", folder.resolve("knot.conf").toString());
    List<String> command = Stream.concat(control, Stream.of(arguments)).toList();
    try (Child child = Child.start(folder, command)) {
      return child.await(Duration.ofSeconds(10));
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
