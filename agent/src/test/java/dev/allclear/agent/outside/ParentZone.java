package dev.allclear.agent.outside;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/// A real Knot that delegates `shop.test` to the one on 127.0.0.1 with the same port.
final class ParentZone implements AutoCloseable {
  static final String ADDRESS = "127.0.0.2";

  private static final String CONFIG =
      """
      server:
        rundir: {folder}
        listen: 127.0.0.2@{port}
      database:
        storage: {folder}/db
      zone:
        - domain: test
          storage: {folder}
          file: test.zone
          zonefile-sync: -1
          zonefile-load: whole
          journal-content: none
      """;

  private static final String ZONE =
      """
      @ 300 SOA ns admin 1 15 5 86400 20
      @ 300 NS ns
      ns 300 A 127.0.0.2
      shop 3600 NS ns1.shop
      shop 3600 NS ns2.shop
      ns1.shop 3600 A 127.0.0.1
      ns2.shop 3600 A 127.0.0.1
      """;

  private final Child process;

  private ParentZone(Child process) {
    this.process = process;
  }

  static ParentZone start(Path folder, int port) throws IOException, InterruptedException {
    Path own = Files.createDirectory(folder.resolve("parent"));
    Files.writeString(own.resolve("test.zone"), ZONE);
    Path config = own.resolve("knot.conf");
    Files.writeString(
        config,
        CONFIG.replace("{folder}", own.toString()).replace("{port}", Integer.toString(port)));
    Child process = Daemon.start(own, port, "knotd", "-c", config.toString());
    process.until("the parent's server accepts connections", () -> accepts(port));
    return new ParentZone(process);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(ADDRESS, port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
