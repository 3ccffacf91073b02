package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.RawServer.drain;
import static dev.allclear.probes.journey.RawServer.readRequest;
import static dev.allclear.probes.journey.RawServer.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.http.Held;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.http.Redirects;
import dev.allclear.probes.wire.HttpEnded;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What OkHttp carries and what the wire carries come to the same, with the same words.
final class CarriersTest {

  /// Tried in turn, as a slow machine may need more than the first.
  private static final List<Duration> LIMITS =
      List.of(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(10));

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final Wire WIRE = Wire.open(Trial.CLOCK);

  @AfterAll
  static void close() {
    WIRE.close();
  }

  static Stream<Hostility> everyHostility() {
    return Hostility.all().stream()
        .filter(each -> each.link().suitsTheWire())
        // Bytes that nothing can be made of: each reader names what it stumbles over.
        .filter(each -> !each.name().contains("flood") || each.scheme().equals("http"));
  }

  @ParameterizedTest
  @MethodSource("everyHostility")
  void hostileServersAreNamedAlike(Hostility hostility) throws IOException {
    Outcome expected = Outcome.pass();
    Outcome seen = Outcome.inconclusive("");
    for (Duration limit : LIMITS) {
      try (RawServer server = RawServer.start(hostility.conversation())) {
        expected = hostility.expected(server.port(), limit);
        seen = Trial.run(hostility.probe(server, limit).over(WIRE)).outcome();
      }
      if (seen.equals(expected) || isCutShort(hostility, seen)) {
        return;
      }
    }
    assertEquals(expected, seen);
  }

  /// TLS is reckoned on another thread: who says what is wrong and hangs up may be heard hanging up
  /// first.
  private static boolean isCutShort(Hostility hostility, Outcome seen) {
    return hostility.scheme().equals("https")
        && seen.equals(Outcome.fail(Cause.TLS, "connection closed in the TLS handshake"));
  }

  @Test
  void anAnswerInHttp1IsNamed() throws IOException {
    Hostility hostility = Hostility.oneWhereTwoIsExpected();
    try (RawServer server = RawServer.start(hostility.conversation())) {
      JourneyProbe probe = hostility.probe(server, Duration.ofSeconds(10)).over(WIRE);
      assertEquals(hostility.outcome(), Trial.run(probe).outcome());
    }
  }

  private static JourneyProbe probe(Addresses addresses, Step step) {
    return Trial.probe(Duration.ofSeconds(20), addresses, step);
  }

  private static void assertAlike(Observation okhttp, Observation wire) {
    assertEquals(okhttp.outcome(), wire.outcome());
    assertEquals(okhttp.steps().size(), wire.steps().size());
    if (okhttp.steps().getFirst().reply() instanceof Reply.Http first) {
      Reply.Http second = Trial.http(wire, 0);
      assertEquals(first.request(), second.request());
      assertEquals(first.status(), second.status());
      assertEquals(first.protocol(), second.protocol());
      assertEquals(first.remote(), second.remote());
      assertEquals(first.bytes(), second.bytes());
      assertEquals(first.labels(), second.labels());
      assertEquals(happened(first.phases()), happened(second.phases()));
    }
    assertEquals(shown(okhttp), shown(wire));
  }

  /// But for the last, which takes no time if head and body come together.
  private static List<Boolean> happened(Phases phases) {
    return phases.named().values().stream().limit(5).map(Duration::isPositive).toList();
  }

  /// But for what differs from run to run.
  private static List<String> shown(Observation observation) {
    Evidence evidence = observation.steps().getFirst().evidence();
    if (evidence == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.addAll(shown(evidence.request()));
    if (evidence.answer() != null) {
      lines.addAll(shown(evidence.answer()));
    }
    evidence.checks().forEach(check -> lines.add(check.toString()));
    return lines;
  }

  private static List<String> shown(Evidence.Message message) {
    return Stream.concat(
            Stream.of(message.line(), message.body().toString()),
            message.fields().stream()
                .filter(field -> !field.name().equals("traceparent"))
                .map(Evidence.Field::toString))
        .toList();
  }

  private static Observation bothWays(Addresses addresses, Step step) {
    JourneyProbe probe = probe(addresses, step).withEvidenceOfAll();
    JourneyProbe other = probe.over(WIRE);
    Observation okhttp = Trial.run(probe);
    Observation wire = Trial.run(other);
    assertAlike(okhttp, wire);
    Duration spent =
        wire.steps().getFirst().reply() instanceof Reply.Http http
            ? http.phases().total()
            : wire.length();
    assertEquals(wire.length(), spent);
    return wire;
  }

  @Test
  void aPassIsToldWithTheSameEvidence() throws IOException {
    String answer =
        "HTTP/1.1 200 Fine\r\nServer: a\r\nSet-Cookie: s=0123456789abcdef; Path=/\r\n"
            + "Content-Type: text/html; charset=iso-8859-1\r\nContent-Length: 6\r\n\r\nn\u00e9edle";
    try (RawServer server = RawServer.answering(answer)) {
      Step step =
          Trial.get(server.url("/a?b=c"))
              .query("d", "e f")
              .header("X-Mine", "1")
              .cookie("own", "2")
              .expect(Expectation.contains(Trial.template("n\u00e9edle")))
              .step();
      assertEquals(Outcome.pass(), bothWays(Trial.LOOPBACK, step).outcome());
    }
  }

  @Test
  void whatIsSentIsTheSame() throws IOException, InterruptedException {
    try (MockWebServer server = new MockWebServer()) {
      Trial.start(server);
      server.enqueue(new MockResponse.Builder().build());
      server.enqueue(new MockResponse.Builder().build());
      Step step =
          Trial.post("http://shop.example:" + server.getPort() + "/a?q=%20x")
              .header("X-Mine", "1")
              .cookie("own", "2")
              .body(new Body.Text("text/plain", Trial.template("content")))
              .step();
      bothWays(Trial.LOOPBACK, step);
      RecordedRequest first = server.takeRequest();
      RecordedRequest second = server.takeRequest();
      assertEquals(first.getRequestLine(), second.getRequestLine());
      assertEquals(first.getBody(), second.getBody());
      assertEquals(
          first.getHeaders().newBuilder().removeAll("traceparent").build(),
          second.getHeaders().newBuilder().removeAll("traceparent").build());
    }
  }

  @Test
  void overTlsInBothProtocols() throws IOException {
    for (List<Protocol> spoken :
        List.of(List.of(Protocol.HTTP_1_1), List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))) {
      try (MockWebServer server = new MockWebServer()) {
        server.setProtocols(spoken);
        server.useHttps(Certificates.server(Certificates.GOOD));
        Trial.start(server);
        server.enqueue(new MockResponse.Builder().body("needle").build());
        server.enqueue(new MockResponse.Builder().body("needle").build());
        Step step =
            Trial.get("https://shop.example:" + server.getPort() + "/")
                .expect(Expectation.contains(Trial.template("needle")))
                .step()
                .over(Link.DEFAULT.secured(Certificates.trusting()));
        Observation seen = bothWays(Trial.LOOPBACK, step);
        assertEquals(Outcome.pass(), seen.outcome());
        assertEquals(spoken.getFirst().toString(), Trial.http(seen, 0).protocol());
      }
    }
  }

  @Test
  void addressesThatRefuseAreNamed() throws IOException {
    Addresses two =
        _ ->
            List.of(
                InetAddress.getLoopbackAddress(),
                InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(0));
      int port = bound.getLocalPort();
      Observation seen = bothWays(two, Trial.get("http://shop.example:" + port + "/").step());
      assertEquals(
          Outcome.fail(
              Cause.CONNECT,
              "cannot connect to 127.0.0.1:%d: Connection refused; 127.0.0.2:%d: Connection refused"
                  .formatted(port, port)),
          seen.outcome());
    }
  }

  @Test
  void theSecondAddressIsAskedIfTheFirstRefuses() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      Addresses two =
          _ ->
              List.of(
                  InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                  InetAddress.getLoopbackAddress());
      assertEquals(Outcome.pass(), bothWays(two, Trial.get(server.url("/")).step()).outcome());
    }
  }

  @Test
  void unknownHostsAndAResolverThatBreaks() {
    Addresses nowhere =
        host -> {
          throw new UnknownHostException("127.0.0.53: NXDOMAIN for " + host);
        };
    Addresses broken =
        _ -> {
          throw new IllegalStateException("bug");
        };
    Step step = Trial.get("http://shop.example/").step();
    assertTrue(bothWays(nowhere, step).outcome().isFail());
    assertEquals(
        Outcome.inconclusive("unexpected java.lang.IllegalStateException: bug"),
        Trial.run(probe(broken, step).over(WIRE)).outcome());
  }

  @Test
  void aServerThatNeverAcceptsTimesOut() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket _ = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket _ = new Socket(full.getInetAddress(), full.getLocalPort())) {
      Step step =
          Trial.get("http://shop.example:" + full.getLocalPort() + "/")
              .within(Duration.ofMillis(200))
              .step();
      Observation seen = Trial.run(probe(Trial.LOOPBACK, step).over(WIRE));
      assertEquals(
          Outcome.fail(
              Cause.TIMEOUT,
              "no answer within 0.2s (connecting to 127.0.0.1:%d)".formatted(full.getLocalPort())),
          seen.outcome());
    }
  }

  @Test
  void anInterruptProvesNothing() throws IOException, InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    List<Outcome> outcomes = new ArrayList<>();
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          asked.countDown();
          drain(socket);
        })) {
      JourneyProbe probe = probe(Trial.LOOPBACK, Trial.get(server.url("/")).step()).over(WIRE);
      Thread thread = Thread.startVirtualThread(() -> outcomes.add(probe.run().outcome()));
      asked.await();
      thread.interrupt();
      thread.join();
    }
    assertEquals(List.of(Outcome.inconclusive("interrupted")), outcomes);
  }

  @Test
  void onlyWhatTheWireCanDoIsLeftToIt() {
    Step step = Trial.get("http://shop.example/").step();
    assertTrue(probe(Trial.LOOPBACK, step).suitsTheWire());
    Step following = step.over(Link.DEFAULT.following(Redirects.FOLLOW));
    assertFalse(probe(Trial.LOOPBACK, following).suitsTheWire());
    assertFalse(probe(Trial.LOOPBACK, step.conducted(step.conduct().atOnce(2))).suitsTheWire());
    assertFalse(Trial.probe(Duration.ofSeconds(1), Trial.LOOPBACK, step, step).suitsTheWire());
  }

  @Test
  void oneConnectionIsHeldForManyRequestsAndItsEndIsTold() throws IOException {
    CountDownLatch leave = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start((socket, _) -> {
          for (int i = 0; i < 3; i++) {
            readRequest(socket);
            write(socket, OK);
          }
          await(leave);
        })) {
      JourneyProbe probe = probe(Trial.LOOPBACK, Trial.get(server.url("/")).step());
      try (Held held = Objects.requireNonNull(probe.hold(WIRE).held())) {
        for (int i = 0; i < 3; i++) {
          Observation seen = Trial.run(probe.over(held));
          assertEquals(Outcome.pass(), seen.outcome());
          assertEquals(Duration.ZERO, Trial.http(seen, 0).phases().connect());
        }
        assertFalse(held.isTwo());
        assertEquals(
            "HTTP/1.1 has no PING",
            held.ping(Trial.CLOCK.now().plus(Duration.ofSeconds(9))).join());
        leave.countDown();
        HttpEnded ended = held.ended().join();
        assertEquals(HttpEnded.How.CLOSED, ended.how());
        assertFalse(ended.asking());
        assertTrue(Trial.run(probe.over(held)).outcome().isFail());
      }
      assertEquals(1, server.connections());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aResetIsToldFromAClose() throws IOException {
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          write(socket, OK);
          socket.setSoLinger(true, 0);
        })) {
      JourneyProbe probe = probe(Trial.LOOPBACK, Trial.get(server.url("/")).step());
      try (Held held = Objects.requireNonNull(probe.hold(WIRE).held())) {
        var _ = Trial.run(probe.over(held));
        assertEquals(HttpEnded.How.RESET, held.ended().join().how());
      }
    }
  }

  @Test
  void aServerThatWillCloseSaysSo() throws IOException {
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          write(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
          drain(socket);
        })) {
      JourneyProbe probe = probe(Trial.LOOPBACK, Trial.get(server.url("/")).step());
      try (Held held = Objects.requireNonNull(probe.hold(WIRE).held())) {
        assertEquals(Outcome.pass(), Trial.run(probe.over(held)).outcome());
        assertEquals(HttpEnded.How.ANNOUNCED, held.ended().join().how());
      }
    }
  }

  @Test
  void anHttp2ConnectionIsPinged() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(Certificates.server(Certificates.GOOD));
      Trial.start(server);
      server.enqueue(new MockResponse.Builder().build());
      Step step =
          Trial.get("https://shop.example:" + server.getPort() + "/")
              .step()
              .over(Link.DEFAULT.secured(Certificates.trusting()));
      JourneyProbe probe = probe(Trial.LOOPBACK, step);
      try (Held held = Objects.requireNonNull(probe.hold(WIRE).held())) {
        assertTrue(held.isTwo());
        assertEquals(Outcome.pass(), Trial.run(probe.over(held)).outcome());
        assertNull(held.ping(Trial.CLOCK.now().plus(Duration.ofSeconds(9))).join());
      }
    }
  }

  @Test
  void whoCannotBeReachedIsNotHeld() throws IOException {
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(0));
      Step step = Trial.get("http://shop.example:" + bound.getLocalPort() + "/").step();
      JourneyProbe.Hold hold = probe(Trial.LOOPBACK, step).hold(WIRE);
      assertNull(hold.held());
      assertNotNull(hold.outcome());
      assertTrue(hold.outcome().isFail());
    }
  }
}
