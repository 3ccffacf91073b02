package dev.allclear.probes.journey;

import static dev.allclear.probes.Outcome.inconclusive;
import static dev.allclear.probes.Outcome.pass;
import static dev.allclear.probes.journey.RawServer.drain;
import static dev.allclear.probes.journey.RawServer.readRequest;
import static dev.allclear.probes.journey.RawServer.write;
import static dev.allclear.probes.journey.Trial.failed;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.http;
import static dev.allclear.probes.journey.Trial.post;
import static dev.allclear.probes.journey.Trial.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.StepRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JourneyFailureTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  /// For what never has done, and is waited for: it takes a moment to get as far as it does.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void refusedConnections() throws IOException {
    try (Socket bound = Trial.deaf()) {
      int port = bound.getLocalPort();
      Observation seen = run(get("http://shop.example:" + port + "/").step());
      assertEquals(
          failed(
              Cause.CONNECT, "cannot connect to 127.0.0.1:%d: Connection refused".formatted(port)),
          seen.outcome());
      Phases phases = http(seen, 0).phases();
      assertTrue(phases.dns().isPositive() && phases.connect().isPositive(), phases::toString);
      assertEquals(phases.dns().plus(phases.connect()), seen.length());
      assertEquals("127.0.0.1", http(seen, 0).remote());
    }
  }

  @Test
  void refusedConnectionsAtEveryAddress() throws IOException {
    Addresses two =
        _ ->
            List.of(
                InetAddress.getLoopbackAddress(),
                InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
    try (Socket bound = Trial.deaf()) {
      int port = bound.getLocalPort();
      assertEquals(
          failed(
              Cause.CONNECT,
              "cannot connect to 127.0.0.1:%d: Connection refused; 127.0.0.2:%d: Connection refused"
                  .formatted(port, port)),
          run(two, get("http://shop.example:" + port + "/").step()).outcome());
    }
  }

  /// Runs into a limit, which is in the detail.
  private static Observation timedOut(String detail, Function<Duration, Observation> run) {
    Observation seen = run.apply(PATIENCE);
    assertEquals(
        failed(Cause.TIMEOUT, detail.formatted(Figures.written(PATIENCE))), seen.outcome());
    return seen;
  }

  @Test
  void unknownHosts() {
    Addresses nowhere =
        host -> {
          throw new UnknownHostException("127.0.0.53: NXDOMAIN for " + host);
        };
    Observation seen = run(nowhere, get("http://shop.example/").step());
    assertEquals(failed(Cause.DNS, "127.0.0.53: NXDOMAIN for shop.example"), seen.outcome());
    assertEquals(http(seen, 0).phases().dns(), seen.length());
    assertEquals("", http(seen, 0).remote());
    assertEquals(Cause.DNS, causeOf(run(_ -> List.of(), get("http://shop.example/").step())));
  }

  private static Cause causeOf(Observation observation) {
    return ((Outcome.Failed) observation.outcome()).cause();
  }

  @Test
  void aResolverThatBreaksIsNotTheTargetsFault() {
    Addresses broken =
        _ -> {
          throw new IllegalStateException("bug");
        };
    assertEquals(
        inconclusive("unexpected java.lang.IllegalStateException: bug"),
        run(broken, get("http://shop.example/").step()).outcome());
  }

  @Test
  @Execution(CONCURRENT)
  void aLookupThatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    Addresses hanging =
        _ -> {
          while (true) {
            try {
              never.await();
            } catch (InterruptedException _) {
              // Deaf on purpose.
            }
          }
        };
    Observation seen =
        timedOut(
            "no answer within %s (looking up the host)",
            limit -> run(hanging, get("http://shop.example/").within(limit).step()));
    assertEquals(seen.begin(), seen.proof().likely());
  }

  @Test
  @Execution(CONCURRENT)
  void aServerThatNeverAnswers() throws IOException {
    try (RawServer server = RawServer.start((socket, _) -> drain(socket))) {
      Observation seen =
          timedOut(
              "no answer within %s (connected, request sent)",
              limit -> run(get(server.url("/")).within(limit).step()));
      Phases phases = http(seen, 0).phases();
      assertEquals(seen.length(), phases.total());
      Bounds proof = seen.proof();
      assertEquals(seen.begin().plus(phases.total().minus(phases.waiting())), proof.likely());
      assertEquals(seen.end(), proof.latest());
    }
  }

  @Test
  @Execution(CONCURRENT)
  void aServerThatNeverAccepts() throws IOException {
    // Linux queues backlog + 1 connections, then drops every SYN. In turn: of handshakes under way
    // together, one more may look complete to its client.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket _ = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket _ = new Socket(full.getInetAddress(), full.getLocalPort())) {
      int port = full.getLocalPort();
      Observation seen =
          timedOut(
              "no answer within %s (connecting to 127.0.0.1:" + port + ")",
              limit -> run(get("http://shop.example:" + port + "/").within(limit).step()));
      assertEquals(seen.end(), seen.proof().latest());
    }
  }

  @Test
  @Execution(CONCURRENT)
  void aServerThatTricklesItsBody() throws IOException {
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
          drain(socket);
        })) {
      Observation seen =
          timedOut(
              "no complete answer within %s (3 bytes of the body read)",
              limit -> run(get(server.url("/")).within(limit).step()));
      assertEquals(200, http(seen, 0).status());
      assertEquals(3, http(seen, 0).bytes());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 100 Continue\\r\\n\\r\\n",
    "HTTP/1.1 103 Early Hints\\r\\nLink: </a>\\r\\n\\r\\n",
    "x"
  })
  void aServerThatFloods(String text) throws IOException {
    String flood = text.replace("\\r\\n", "\r\n").repeat(100);
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          while (true) {
            write(socket, flood);
          }
        })) {
      Observation seen = run(get(server.url("/")).within(SHORT).step());
      assertTrue(seen.outcome().isFail(), seen::toString);
    }
  }

  @Test
  void headersWithoutEnd() throws IOException {
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          write(socket, "HTTP/1.1 200 OK\r\n");
          while (true) {
            write(socket, "X-Filler: " + "x".repeat(1000) + "\r\n");
          }
        })) {
      assertEquals(Cause.PROTOCOL, causeOf(run(get(server.url("/")).step())));
    }
  }

  @Test
  void aConnectionClosedWithoutAnAnswer() throws IOException {
    try (RawServer server = RawServer.start((socket, _) -> readRequest(socket))) {
      Observation seen = run(get(server.url("/")).step());
      assertEquals(failed(Cause.PROTOCOL, "connection closed without an answer"), seen.outcome());
      assertEquals(1, server.connections());
      assertEquals(0, http(seen, 0).status());
    }
  }

  @Test
  void aConnectionResetWithoutAnAnswer() throws IOException {
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          socket.setSoLinger(true, 0);
        })) {
      assertEquals(
          failed(Cause.PROTOCOL, "Connection reset"), run(get(server.url("/")).step()).outcome());
    }
  }

  @Test
  void aBodyThatEndsEarly() throws IOException {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")) {
      Observation seen = run(get(server.url("/")).step());
      assertEquals(
          failed(Cause.PROTOCOL, "connection closed in the middle of the answer"), seen.outcome());
      assertEquals(200, http(seen, 0).status());
    }
  }

  @Test
  void anAnswerThatIsNotHttp() throws IOException {
    try (RawServer server = RawServer.answering("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
      assertEquals(
          failed(Cause.PROTOCOL, "malformed answer: Unexpected status line: SSH-2.0-OpenSSH_9.2"),
          run(get(server.url("/")).step()).outcome());
    }
  }

  @Test
  void aServerThatDoesNotSpeakTls() throws IOException {
    try (RawServer server =
        RawServer.start((socket, _) -> {
          write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
          drain(socket);
        })) {
      Observation seen = run(get("https://shop.example:" + server.port() + "/").step());
      assertEquals(failed(Cause.TLS, "the server does not speak TLS on this port"), seen.outcome());
      assertTrue(http(seen, 0).phases().tls().isPositive());
    }
  }

  @Test
  void aCertificateThatNobodyTrusts(@TempDir Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(selfSigned(folder.resolve("server.p12")).getSocketFactory());
      server.start(InetAddress.getLoopbackAddress(), 0);
      Observation seen = run(get("https://shop.example:" + server.getPort() + "/").step());
      assertEquals(
          failed(Cause.TLS, "the certificate is not signed by a trusted authority"),
          seen.outcome());
      Phases phases = http(seen, 0).phases();
      assertTrue(phases.connect().isPositive() && phases.tls().isPositive(), phases::toString);
      assertEquals(Duration.ZERO, phases.send());
    }
  }

  private static SSLContext selfSigned(Path file)
      throws IOException, InterruptedException, GeneralSecurityException {
    String password = "changeit";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=shop.example",
                "-storepass",
                password,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertEquals(0, keytool.waitFor());
    KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void aConnectionClosedInTheTlsHandshake() throws IOException {
    try (RawServer server = RawServer.start((socket, _) -> socket.getInputStream().read())) {
      assertEquals(
          Cause.TLS, causeOf(run(get("https://shop.example:" + server.port() + "/").step())));
    }
  }

  @Test
  @Execution(CONCURRENT)
  void aTlsHandshakeThatHangs() throws IOException {
    try (RawServer server = RawServer.start((socket, _) -> drain(socket))) {
      Observation seen =
          timedOut(
              "no answer within %s (connected, in the TLS handshake)",
              limit ->
                  run(get("https://shop.example:" + server.port() + "/").within(limit).step()));
      Phases phases = http(seen, 0).phases();
      assertEquals(seen.begin().plus(phases.dns().plus(phases.connect())), seen.proof().likely());
    }
  }

  @Test
  void anIdleConnectionThatTheServerClosedProvesNothing() throws IOException {
    try (RawServer server =
        RawServer.start((socket, connection) -> {
          readRequest(socket);
          write(socket, OK);
          if (connection == 1) {
            readRequest(socket);
          }
        })) {
      Observation seen = run(get(server.url("/1")).step(), get(server.url("/2")).step());
      assertEquals(pass(), seen.outcome());
      assertEquals(2, server.connections());
    }
  }

  @Test
  void aHeadWithoutEndIsNamed() throws IOException {
    String endless = "HTTP/1.1 200 OK\r\n" + ("X-Pad: " + "y".repeat(1000) + "\r\n").repeat(400);
    for (String head : List.of(endless, "HTTP/1.1 200 OK\r\nX-Cut: y")) {
      String wrong = head.equals(endless) ? "is larger than 256 KiB" : "breaks off";
      try (RawServer server =
          RawServer.start((socket, _) -> {
            readRequest(socket);
            write(socket, head);
          })) {
        assertEquals(
            failed(Cause.PROTOCOL, "the head of the answer " + wrong),
            run(get(server.url("/")).step()).outcome());
      }
    }
  }

  @Test
  void whatMayHaveTakenEffectIsNotRepeated() throws IOException {
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          write(socket, OK);
          readRequest(socket);
        })) {
      Observation seen = run(get(server.url("/1")).step(), post(server.url("/2")).step());
      assertEquals(failed(Cause.PROTOCOL, "connection closed without an answer"), seen.outcome());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void theDeadlineOfTheJourneyBoundsItsSteps() throws IOException {
    StillClock clock = new StillClock();
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          clock.advance(Duration.ofMillis(29_800));
          write(socket, OK);
          drain(socket);
        })) {
      Step first = get(server.url("/")).named("look");
      Step second = get(server.url("/")).named("pay");
      Observation seen =
          run(Trial.probe(clock, Duration.ofSeconds(30), Trial.LOOPBACK, first, second, first));
      assertEquals(
          failed(Cause.TIMEOUT, "the journey's deadline of 30s ended \"pay\""), seen.outcome());
      assertEquals(
          List.of(pass(), inconclusive("the journey's deadline ended it")),
          seen.steps().stream().map(StepRun::outcome).toList());
      assertEquals(seen.begin(), seen.proof().earliest());
    }
  }

  @Test
  void anInterruptEndsTheRunAndProvesNothing() throws IOException, InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start((socket, _) -> {
          readRequest(socket);
          asked.countDown();
          drain(socket);
        })) {
      CompletableFuture<Observation> seen = new CompletableFuture<>();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      JourneyProbe probe =
          Trial.probe(
              Duration.ofMinutes(5),
              Trial.LOOPBACK,
              get(server.url("/")).within(Duration.ofMinutes(5)).step());
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                seen.complete(probe.run());
                flag.complete(Thread.currentThread().isInterrupted());
              });
      asked.await();
      thread.interrupt();
      assertEquals(inconclusive("interrupted"), seen.join().outcome());
      assertTrue(flag.join());
      assertEquals(inconclusive("interrupted"), seen.join().steps().getFirst().outcome());
    }
  }

  @Test
  void anInterruptedThreadAsksNothing() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      JourneyProbe probe =
          Trial.probe(Duration.ofSeconds(5), Trial.LOOPBACK, get(server.url("/")).step());
      Observation seen =
          CompletableFuture.supplyAsync(
                  () -> {
                    Thread.currentThread().interrupt();
                    return probe.run();
                  },
                  Thread.ofVirtual()::start)
              .join();
      assertEquals(inconclusive("interrupted"), seen.outcome());
      assertTrue(seen.steps().isEmpty());
      assertEquals(0, server.connections());
    }
  }

  @Test
  void oddHostsAreOutcomes() {
    for (String url :
        List.of("http:///", "http://a..b/", "http://xn--/", "http://[::1", "http://x:99999/")) {
      assertFalse(run(get(url).step()).outcome().isPass(), url);
    }
  }
}
