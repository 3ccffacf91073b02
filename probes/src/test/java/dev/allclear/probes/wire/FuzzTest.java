package dev.allclear.probes.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Servers that say anything: never a crash, a leak or a false answer.
final class FuzzTest {
  private static final Packet SHOP = Messages.query("shop.example");
  private static final String PLANTED = "leaked on purpose";
  private static final Duration SHORT = Duration.ofMillis(100);

  private final ResourceLeakDetector.Level usual = ResourceLeakDetector.getLevel();
  private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Wire wire = Wire.open(new RealClock());

  @BeforeEach
  void watch() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ByteBufUtil.setLeakListener((_, records) -> leaks.add(records));
  }

  @AfterEach
  void stop() {
    wire.close();
    ByteBufUtil.setLeakListener(null);
    ResourceLeakDetector.setLevel(usual);
  }

  @Test
  void overUdp() throws IOException {
    try (DatagramServer server =
        DatagramServer.start(query -> {
          List<byte[]> said = new ArrayList<>();
          for (int i = random.nextInt(4); i >= 0; i--) {
            said.add(mangled(Messages.answer(query)));
          }
          return said;
        })) {
      storm(server.route(), 2000);
    }
    assertNoLeak();
  }

  @Test
  void overTcp() throws IOException {
    try (StreamServer server =
        StreamServer.start(socket -> {
          byte[] answer = mangled(Messages.answer(StreamServer.read(socket)));
          byte[] said = random.nextBoolean() ? Messages.framed(answer) : answer;
          socket.getOutputStream().write(said);
        })) {
      storm(new Route.Tcp(server.address()), 200);
    }
    assertNoLeak();
  }

  @Test
  void overTls() throws IOException {
    try (StreamServer server =
        StreamServer.start(socket -> {
          if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            socket.getOutputStream().write(noise);
            return;
          }
          try (SSLSocket secured = Certificates.accept(Certificates.GOOD, socket)) {
            byte[] answer = mangled(Messages.answer(StreamServer.read(secured)));
            secured.getOutputStream().write(Messages.framed(answer));
          }
        })) {
      storm(new Route.Tls(server.address(), Certificates.trust(Certificates.NAME)), 100);
    }
    assertNoLeak();
  }

  @Test
  void overHttps() throws IOException {
    try (StreamServer server =
        StreamServer.start(socket -> {
          try (SSLSocket secured = Certificates.accept(Certificates.GOOD, socket, "h2")) {
            byte[] noise = new byte[random.nextInt(500)];
            random.nextBytes(noise);
            secured.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            secured.getOutputStream().write(noise);
          }
        })) {
      Trust trust = Certificates.trust(Certificates.NAME);
      storm(new Route.Https(server.address(), trust, "dns.example", "/q", Route.Method.POST), 100);
    }
    assertNoLeak();
  }

  @Test
  void closedInTheMiddleOfHandshakes() throws IOException {
    try (StreamServer server =
        StreamServer.start(socket -> {
          try (SSLSocket secured = Certificates.accept(Certificates.GOOD, socket)) {
            secured.getOutputStream().write(Messages.framed(new byte[random.nextInt(200)]));
          }
        })) {
      Route route = new Route.Tls(server.address(), Certificates.trust(Certificates.NAME));
      for (int round = 0; round < 10; round++) {
        closeAtOnce(route);
      }
    }
    assertNoLeak();
  }

  /// At any moment: before the connection, within the handshake, or after the answer.
  private void closeAtOnce(Route route) {
    try (Wire brief = Wire.open(new RealClock())) {
      List<CompletableFuture<Exchanged>> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        all.add(brief.send(new Query(route, SHOP, Duration.ofSeconds(2))));
      }
      all.get(random.nextInt(10))
          .completeOnTimeout(null, random.nextInt(20), TimeUnit.MILLISECONDS)
          .join();
    }
  }

  private void storm(Route route, int count) {
    List<CompletableFuture<Exchanged>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(wire.send(new Query(route, SHOP, i % 100 == 0 ? Duration.ofSeconds(2) : SHORT)));
      if (i % 7 == 0) {
        all.getLast().cancel(false);
        all.removeLast();
      }
      if (i % 100 == 99) {
        all.forEach(CompletableFuture::join);
      }
    }
    for (CompletableFuture<Exchanged> one : all) {
      if (one.join() instanceof Exchanged.Answered answered) {
        assertTrue(isTrue(answered.packet().bytes()), () -> "seed " + seed);
      } else {
        assertFalse(one.join() instanceof Exchanged.Unsent, () -> one.join() + " seed " + seed);
      }
    }
  }

  /// It repeats the question, or is an error that has none.
  private static boolean isTrue(byte[] answer) {
    if (answer[4] == 0 && answer[5] == 0) {
      return (answer[3] & 0x0F) != 0;
    }
    byte[] asked = Messages.lowerCase(SHOP.bytes());
    byte[] repeated = Messages.lowerCase(answer);
    return Arrays.equals(asked, 12, asked.length, repeated, 12, asked.length);
  }

  private synchronized byte[] mangled(byte[] answer) {
    byte[] copy = Arrays.copyOf(answer, answer.length + random.nextInt(60));
    for (int i = random.nextInt(5); i > 0; i--) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length + 1)) : copy;
  }

  /// The detector notices a buffer that is leaked on purpose, and no other.
  private void assertNoLeak() {
    wire.close();
    leak();
    while (leaks.stream().noneMatch(record -> record.contains(PLANTED))) {
      collect();
    }
    collect();
    assertEquals(1, leaks.size(), () -> String.join("\n", leaks));
  }

  /// What is found is told when the next buffer is made.
  private static void collect() {
    System.gc();
    PooledByteBufAllocator.DEFAULT.buffer(8).release();
  }

  private static void leak() {
    ByteBuf lost = PooledByteBufAllocator.DEFAULT.buffer(8);
    lost.touch(PLANTED);
  }
}
