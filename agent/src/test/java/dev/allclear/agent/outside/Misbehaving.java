package dev.allclear.agent.outside;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// An authority for every name of `fo.test` that does as told (`agent/src/it/dns/authority.py`).
final class Misbehaving implements Closeable {
  private final DnsServer server;

  private Misbehaving(DnsServer server) {
    this.server = server;
  }

  static Misbehaving start(Path folder) throws IOException, InterruptedException {
    return new Misbehaving(DnsServer.start(folder, "script", 1, List.of(), List.of()));
  }

  int port() {
    return server.port();
  }

  Truth answer(int ttl, String address) throws IOException, InterruptedException {
    return become("answer %d %s".formatted(ttl, address));
  }

  /// Over UDP it says only that the answer is longer than it is.
  Truth truncate(int ttl, String address) throws IOException, InterruptedException {
    return become("truncate %d %s".formatted(ttl, address));
  }

  /// Users in 192.0.X.0/24 are sent to 198.51.100.X, with a scope of so many bits.
  Truth answerBySubnet(int ttl, int scope) throws IOException, InterruptedException {
    return answerBySubnet(ttl, scope, "198.51.100");
  }

  /// The same, to X of another network.
  Truth answerBySubnet(int ttl, int scope, String net) throws IOException, InterruptedException {
    return become("ecs %d %d %s".formatted(ttl, scope, net));
  }

  Truth fail() throws IOException, InterruptedException {
    return become("servfail");
  }

  Truth drop() throws IOException, InterruptedException {
    return become("drop");
  }

  private Truth become(String mode) throws IOException, InterruptedException {
    Path written = Files.writeString(server.file("mode.next"), mode);
    return Truth.of(() -> Files.move(written, server.file("mode"), StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void close() {
    server.close();
  }
}
