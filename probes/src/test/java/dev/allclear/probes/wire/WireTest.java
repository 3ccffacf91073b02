package dev.allclear.probes.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Over UDP, and what holds for every transport.
final class WireTest {
  private static final Packet SHOP = Messages.query("shop.example");
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration ENOUGH = Duration.ofSeconds(5);
  private static final int IN_FLIGHT = 100;

  private final RealClock clock = new RealClock();
  private final Wire wire = Wire.open(clock);

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void bringsTheAnswerAndSaysWhen() throws IOException, InterruptedException {
    List<byte[]> asked = Collections.synchronizedList(new ArrayList<>());
    try (DatagramServer server =
        DatagramServer.start(query -> {
          asked.add(query);
          return List.of(Messages.answer(query));
        })) {
      Moment before = clock.now();
      Exchanged.Answered answered = answered(ask(server, Messages.LONG));
      Moment after = clock.now();
      assertArrayEquals(Messages.answer(asked.getFirst()), answered.packet().bytes());
      assertTrue(answered.caseKept());
      List<Moment> order =
          List.of(before, answered.begin(), answered.sent(), answered.received(), after);
      assertEquals(order.stream().sorted().toList(), order);
      assertEquals(answered.sent().until(answered.received()), answered.phases().total());
      assertFalse(answered.packet().isTruncated());
    }
  }

  @Test
  void variesIdCaseAndPort() throws IOException, InterruptedException {
    Set<Integer> ids = ConcurrentHashMap.newKeySet();
    Set<String> names = ConcurrentHashMap.newKeySet();
    Set<Integer> ports = ConcurrentHashMap.newKeySet();
    try (DatagramServer server =
        DatagramServer.start((query, socket, client) -> {
          ids.add(Packet.received(query).id());
          names.add(Arrays.toString(Arrays.copyOfRange(query, 12, query.length)));
          ports.add(((InetSocketAddress) client).getPort());
          byte[] answer = Messages.answer(query);
          socket.send(new DatagramPacket(answer, answer.length, client));
        })) {
      for (int i = 0; i < 64; i++) {
        answered(ask(server, Messages.LONG));
      }
      assertTrue(ids.size() > 60, () -> ids.size() + " ids");
      assertTrue(names.size() > 32, () -> names.size() + " names");
      assertEquals(Datagrams.MOST_PER_SERVER, ports.size());
    }
  }

  @Test
  void tellsWhetherTheCaseWasKept() throws IOException, InterruptedException {
    try (DatagramServer server =
        DatagramServer.start(query -> List.of(Messages.lowerCase(Messages.answer(query))))) {
      Set<Boolean> kept = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        kept.add(answered(ask(server, Messages.LONG)).caseKept());
      }
      assertTrue(kept.contains(false));
    }
  }

  @Test
  void showsATruncatedAnswer() throws IOException, InterruptedException {
    try (DatagramServer server =
        DatagramServer.start(query -> {
          byte[] answer = Messages.answer(query);
          answer[2] |= 2;
          return List.of(answer);
        })) {
      assertTrue(answered(ask(server, Messages.LONG)).packet().isTruncated());
    }
  }

  @Test
  void waitsForTheAnswerAmongStrays() throws IOException, InterruptedException {
    try (DatagramServer server =
        DatagramServer.start((query, socket, client) -> {
          List<byte[]> sent = new ArrayList<>(strays(query));
          sent.addAll(Collections.nCopies(1000, Messages.wrongId(Messages.answer(query))));
          sent.add(Messages.answer(query));
          for (int i = 0; i < sent.size(); i++) {
            socket.send(new DatagramPacket(sent.get(i), sent.get(i).length, client));
            awaitWrongIds(i - IN_FLIGHT);
          }
        })) {
      answered(ask(server, Messages.LONG));
      assertEquals(new Strays(1001, 1, 1, 3, 0), wire.strays());
    }
  }

  @Test
  void tellsTheStraysOfASilentServer() throws IOException, InterruptedException {
    try (DatagramServer server = DatagramServer.start(WireTest::strays)) {
      Exchanged.Silent silent = assertInstanceOf(Exchanged.Silent.class, ask(server, ENOUGH));
      assertEquals(new Strays(1, 1, 1, 3, 0), silent.strays());
      assertFalse(silent.begin().until(silent.end()).compareTo(ENOUGH) < 0);
    }
  }

  @Test
  void countsWhatComesTwiceOrTooLate() throws IOException, InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    try (DatagramServer server =
        DatagramServer.start((query, socket, client) -> {
          await(over);
          byte[] answer = Messages.answer(query);
          for (int i = 0; i < 3; i++) {
            socket.send(new DatagramPacket(answer, answer.length, client));
          }
        })) {
      assertInstanceOf(Exchanged.Silent.class, ask(server, SHORT));
      over.countDown();
      answered(ask(server, Messages.LONG));
      // The first one's three, and all but one of the second's.
      while (wire.strays().late() < 5) {
        Thread.onSpinWait();
      }
      assertEquals(new Strays(0, 0, 0, 0, 5), wire.strays());
    }
  }

  @Test
  void hearsOnlyTheServerThatWasAsked() throws IOException, InterruptedException {
    try (DatagramSocket forger =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        DatagramServer server =
            DatagramServer.start((query, socket, client) -> {
              byte[] forged = Arrays.copyOf(Messages.answer(query), query.length + 1);
              forger.send(new DatagramPacket(forged, forged.length, client));
              byte[] answer = Messages.answer(query);
              socket.send(new DatagramPacket(answer, answer.length, client));
            })) {
      assertEquals(SHOP.length(), answered(ask(server, Messages.LONG)).packet().length());
    }
  }

  @Test
  void noticesAClosedPort() throws IOException, InterruptedException {
    try (DatagramSocket deaf =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      // It has the port to itself, but hears only somebody else.
      deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
      Route route = new Route.Udp((InetSocketAddress) deaf.getLocalSocketAddress());
      Exchanged exchanged = wire.ask(new Query(route, SHOP, Messages.LONG));
      assertEquals(
          "port unreachable", assertInstanceOf(Exchanged.Refused.class, exchanged).reason());
    }
  }

  @Test
  void refusesDatagramsThatNobodyOffered() throws IOException, InterruptedException {
    try (DatagramServer server =
        DatagramServer.start(query -> List.of(Arrays.copyOf(Messages.answer(query), 5000)))) {
      assertBroken("a datagram of more than 4096 bytes", ask(server, Messages.LONG));
    }
  }

  @Test
  void endsAQueryWhenItsThreadIsInterrupted() throws IOException {
    Thread asker = Thread.currentThread();
    try (DatagramServer server =
        DatagramServer.start(_ -> {
          asker.interrupt();
          return List.of();
        })) {
      assertThrows(InterruptedException.class, () -> ask(server, Messages.LONG));
    }
  }

  @Test
  void boundsWhatIsUnderWay() throws IOException {
    try (DatagramServer server = DatagramServer.start(_ -> List.of())) {
      List<CompletableFuture<Exchanged>> all = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        all.add(wire.send(new Query(server.route(), SHOP, Messages.LONG)));
      }
      Query one = new Query(server.route(), SHOP, Messages.LONG);
      assertUnsent("20000 queries are under way", wire.send(one).join());
      all.forEach(future -> future.cancel(false));
      assertInstanceOf(
          Exchanged.Silent.class,
          wire.send(new Query(server.route(), SHOP, Duration.ofMillis(1))).join());
    }
  }

  @Test
  void asksManyServersWithFewSockets() throws IOException {
    try (DatagramServer server =
        DatagramServer.start((query, socket, client) -> {
          byte[] answer = Messages.answer(query);
          socket.send(new DatagramPacket(answer, answer.length, client));
        })) {
      int port = server.route().address().getPort();
      for (int i = 0; i < 2 * Datagrams.MOST; i++) {
        InetAddress other =
            InetAddress.ofLiteral("127.0.%d.%d".formatted(1 + i / 200, 1 + i % 200));
        Route.Udp route = new Route.Udp(new InetSocketAddress(other, port));
        assertInstanceOf(
            Exchanged.Refused.class, wire.send(new Query(route, SHOP, Messages.LONG)).join());
      }
    }
  }

  @Test
  void endsEverythingWhenItCloses() throws IOException {
    try (DatagramServer server = DatagramServer.start(_ -> List.of());
        StreamServer stream = StreamServer.start(StreamServer::hang)) {
      CompletableFuture<Exchanged> udp = wire.send(new Query(server.route(), SHOP, Messages.LONG));
      CompletableFuture<Exchanged> tcp =
          wire.send(new Query(new Route.Tcp(stream.address()), SHOP, Messages.LONG));
      wire.close();
      assertUnsent("the wire is closed", udp.join());
      assertFalse(tcp.join() instanceof Exchanged.Answered);
      assertUnsent(
          "the wire is closed", wire.send(new Query(server.route(), SHOP, Messages.LONG)).join());
    }
  }

  @Test
  void needsAnAddressAndALimit() {
    InetSocketAddress name = InetSocketAddress.createUnresolved("dns.example", 53);
    assertEquals(
        "not resolved: dns.example",
        assertThrows(IllegalArgumentException.class, () -> new Route.Udp(name)).getMessage());
    Route route = new Route.Udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
    for (Duration limit : List.of(Duration.ZERO, Duration.ofHours(1))) {
      assertEquals(
          "timeout <= 0 or > 10m",
          assertThrows(IllegalArgumentException.class, () -> new Query(route, SHOP, limit))
              .getMessage());
    }
  }

  /// One of each kind, and three that cannot be read.
  private static List<byte[]> strays(byte[] query) {
    byte[] answer = Messages.answer(query);
    return List.of(
        Messages.wrongId(answer),
        Messages.otherQuestion(answer),
        query,
        new byte[0],
        new byte[] {query[0], query[1]},
        Arrays.copyOf(answer, 14));
  }

  /// What is not read in time is lost.
  private void awaitWrongIds(int count) {
    while (wire.strays().wrongId() < count) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Exchanged ask(DatagramServer server, Duration timeout) throws InterruptedException {
    return wire.ask(new Query(server.route(), SHOP, timeout));
  }

  private static Exchanged.Answered answered(Exchanged exchanged) {
    return assertInstanceOf(Exchanged.Answered.class, exchanged);
  }

  private static void assertBroken(String reason, Exchanged exchanged) {
    Exchanged.Broken broken = assertInstanceOf(Exchanged.Broken.class, exchanged);
    assertEquals(Cause.PROTOCOL, broken.cause());
    assertEquals(reason, broken.reason());
  }

  private static void assertUnsent(String reason, Exchanged exchanged) {
    assertEquals(reason, assertInstanceOf(Exchanged.Unsent.class, exchanged).reason());
  }
}
