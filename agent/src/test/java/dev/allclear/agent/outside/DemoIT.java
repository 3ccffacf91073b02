package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

/// `allclear demo --exit` finds each of its own truths within the bounds it prints; on free ports,
/// so that a demo of the user's may go on beside it.
final class DemoIT {
  private static final String SHOP = "shop.allclear.test.";

  /// Where the first of the resolvers is, from the base.
  private static final int RESOLVER = 11;

  /// A machine that stops for a second and a half must not look like an outage.
  private static final List<String> UNHURRIED = List.of("--timeout", "2s", "--speed", "0.5");

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Boolean.getBoolean("allclear.long") ? 10 : 2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Execution(CONCURRENT)
  void everyTruthLiesWithinItsBounds(long seed) throws IOException, InterruptedException {
    assertBounds("--seed", Long.toString(seed));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Execution(CONCURRENT)
  void everyTruthOfRealNameserversDoes(long seed) throws IOException, InterruptedException {
    assertBounds("--real-dns", "--seed", Long.toString(seed));
  }

  private void assertBounds(String... more) throws IOException, InterruptedException {
    String base = Integer.toString(Ports.block(DemoWorld.PORTS));
    List<String> arguments =
        new ArrayList<>(List.of("demo", "--exit", "--port", base, "--listen", "127.0.0.1:0"));
    arguments.addAll(UNHURRIED);
    arguments.addAll(List.of(more));
    Finished demo = Binary.run(folder, arguments.toArray(String[]::new));
    assertEquals(0, demo.code(), demo::toString);
  }

  @Test
  void leavesNoRealNameserverBehind() throws IOException, InterruptedException {
    int base = Ports.block(DemoWorld.PORTS);
    try (Child demo =
        Binary.start(folder, "demo", "--world", "--real-dns", "--port", Integer.toString(base))) {
      Daemon.awaitPort(demo, base);
      assertEquals("NOERROR", Heard.from(base + RESOLVER, SHOP, Type.A).rcode());
      demo.signal("TERM");
      assertEquals(143, demo.await(Duration.ofMinutes(1)));
    }
    for (int port = base; port < base + DemoWorld.PORTS; port++) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      new ServerSocket(port, 1, loopback).close();
      new DatagramSocket(port, loopback).close();
    }
  }
}
