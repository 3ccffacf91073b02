package dev.allclear.agent.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A real Unbound that caches what an authority on loopback says.
final class Unbound implements AutoCloseable {
  // Unbound refuses to ask loopback, and answers for .test itself, unless told otherwise.
  private static final String CONFIG =
      """
      server:
        interface: 127.0.0.1
        port: {port}
        username: ""
        chroot: ""
        directory: "{folder}"
        pidfile: "{folder}/unbound.pid"
        use-syslog: no
        access-control: 127.0.0.0/8 allow
        do-not-query-localhost: no
        local-zone: "test." nodefault
        module-config: "iterator"
      """;

  private static final String STUB =
      """
      stub-zone:
        name: "{zone}"
        stub-addr: {address}@{port}
      """;

  private final int port;
  private final Child process;

  private Unbound(int port, Child process) {
    this.port = port;
    this.process = process;
  }

  static Unbound start(Path folder, int authority) throws IOException, InterruptedException {
    return start(folder, stub("shop.test.", "127.0.0.1", authority));
  }

  /// Asks these addresses about that zone.
  static String stub(String zone, String address, int port) {
    return STUB.replace("{zone}", zone)
        .replace("{address}", address)
        .replace("{port}", Integer.toString(port));
  }

  /// With `more` at the end of its configuration.
  static Unbound start(Path folder, String more) throws IOException, InterruptedException {
    int port = Ports.free();
    Path config = folder.resolve("unbound.conf");
    Files.writeString(
        config,
        CONFIG.replace("{folder}", folder.toString()).replace("{port}", Integer.toString(port))
            + more);
    return new Unbound(port, Daemon.start(folder, port, "unbound", "-d", "-c", config.toString()));
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
