package dev.allclear.probes.wire;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.allclear.probes.Cause;
import dev.allclear.probes.wire.StreamServer.Manner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Over HTTP/2.
final class HttpsTest {
  private static final Packet SHOP = Messages.query("shop.example");

  /// What the id has to be.
  private static final byte[] ANSWER = Messages.answer(SHOP.withId(0).bytes());

  private final Wire wire = Wire.open(new RealClock());
  private final MockWebServer server = new MockWebServer();

  @AfterEach
  void close() {
    wire.close();
    server.close();
  }

  @Test
  void asksInTheUrl() throws IOException, InterruptedException {
    Exchanged.Answered answered = answered(ask(Route.Method.GET, good().build()));
    assertArrayEquals(ANSWER, answered.packet().bytes());
    assertNull(answered.age());
    RecordedRequest request = server.takeRequest();
    assertEquals("GET", request.getMethod());
    assertEquals(
        "/dns-query?dns="
            + Base64.getUrlEncoder().withoutPadding().encodeToString(SHOP.withId(0).bytes()),
        request.getTarget());
    assertEquals("application/dns-message", request.getHeaders().get("accept"));
    assertEquals("dns.example", request.getHeaders().get(":authority"));
  }

  @Test
  void asksInTheBody() throws IOException, InterruptedException {
    answered(ask(Route.Method.POST, good().build()));
    RecordedRequest request = server.takeRequest();
    assertEquals("POST", request.getMethod());
    assertEquals("/dns-query", request.getTarget());
    assertEquals("application/dns-message", request.getHeaders().get("content-type"));
    assertArrayEquals(SHOP.withId(0).bytes(), requireNonNull(request.getBody()).toByteArray());
  }

  @Test
  void tellsHowLongACacheHeldIt() throws IOException, InterruptedException {
    assertEquals(
        Duration.ofSeconds(250),
        answered(ask(Route.Method.GET, good().setHeader("Age", "250").build())).age());
  }

  @Test
  void ignoresAnAgeThatIsNone() throws IOException, InterruptedException {
    assertNull(answered(ask(Route.Method.GET, good().setHeader("Age", "-1").build())).age());
  }

  @Test
  void takesAnyFormOfTheType() throws IOException, InterruptedException {
    answered(
        ask(
            Route.Method.GET,
            good().setHeader("Content-Type", "Application/DNS-Message; charset=x").build()));
  }

  @Test
  void saysWhichStatusCame() throws IOException, InterruptedException {
    for (int status : List.of(301, 400, 404, 415, 500, 503)) {
      Exchanged.Broken broken =
          assertInstanceOf(
              Exchanged.Broken.class, ask(Route.Method.GET, good().code(status).build()));
      assertEquals(Cause.STATUS, broken.cause());
      assertEquals("HTTP status " + status, broken.reason());
    }
  }

  @Test
  void saysWhichTypeCame() throws IOException, InterruptedException {
    assertBroken(
        "an answer of type text/html",
        ask(Route.Method.GET, good().setHeader("Content-Type", "text/html").build()));
    assertBroken(
        "an answer without a type",
        ask(Route.Method.GET, good().removeHeader("Content-Type").build()));
  }

  @Test
  void callsBadAnswersByTheirName() throws IOException, InterruptedException {
    assertBroken("a malformed answer", ask(Route.Method.GET, body(new byte[0])));
    assertBroken("a malformed answer", ask(Route.Method.GET, body(new byte[] {0, 0, 1})));
    assertBroken(
        "an answer to another question",
        ask(Route.Method.GET, body(Messages.otherQuestion(ANSWER))));
    assertBroken(
        "something other than an answer", ask(Route.Method.GET, body(SHOP.withId(0).bytes())));
    assertBroken(
        "a body of more than 65535 bytes", ask(Route.Method.GET, body(new byte[10_000_000])));
  }

  @Test
  void noticesTheEnd() throws IOException, InterruptedException {
    assertBroken(
        "a reset of the HTTP/2 stream",
        ask(Route.Method.GET, good().onResponseStart(new SocketEffect.CloseStream(2)).build()));
    assertBroken("no answer before the connection ended", hostile(new byte[0]));
  }

  @Test
  void endsInTimeWhateverDrips() throws IOException {
    MockResponse slow = good().throttleBody(1, 1, TimeUnit.SECONDS).build();
    server.useHttps(Certificates.server(Certificates.GOOD).sslSocketFactory());
    server.enqueue(slow);
    server.start();
    Query query = new Query(route(Route.Method.GET), SHOP, Duration.ofMillis(300));
    assertInstanceOf(Exchanged.Silent.class, wire.send(query).join());
  }

  @Test
  void demandsTwo() throws IOException, InterruptedException {
    assertBroken("no HTTP/2, which DNS over HTTPS needs", hostile(new byte[0], new String[0]));
    server.setProtocols(List.of(Protocol.HTTP_1_1));
    Exchanged.Broken broken =
        assertInstanceOf(Exchanged.Broken.class, ask(Route.Method.GET, good().build()));
    assertEquals("the server ended TLS with the alert no_application_protocol", broken.reason());
  }

  @Test
  void trustsOnlyTheRightCertificate() throws IOException, InterruptedException {
    assertUntrusted("the certificate has expired: NotAfter: ", Certificates.EXPIRED);
    assertUntrusted("the certificate is for another host", Certificates.OTHER_HOST);
    assertUntrusted(
        "the certificate is not signed by a trusted authority", Certificates.SELF_SIGNED);
  }

  @Test
  void survivesWhateverASecuredServerSays() throws IOException, InterruptedException {
    byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    Exchanged.Broken broken = assertInstanceOf(Exchanged.Broken.class, hostile(http));
    assertEquals(Cause.PROTOCOL, broken.cause());
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      byte[] noise = new byte[random.nextInt(2000)];
      random.nextBytes(noise);
      if (noise.length > 9 && i % 2 == 0) {
        // The head of a plausible frame.
        noise[0] = 0;
        noise[1] = (byte) random.nextInt(4);
        noise[3] = (byte) random.nextInt(11);
        noise[4] = (byte) random.nextInt(256);
      }
      Exchanged exchanged = hostile(noise);
      assertInstanceOf(Exchanged.Broken.class, exchanged, () -> "seed " + seed);
    }
  }

  private Exchanged hostile(byte[] said) throws IOException, InterruptedException {
    return hostile(said, Https.PROTOCOL);
  }

  private Exchanged hostile(byte[] said, String... protocols)
      throws IOException, InterruptedException {
    Manner manner =
        socket -> {
          try (SSLSocket secured = Certificates.accept(Certificates.GOOD, socket, protocols)) {
            secured.getOutputStream().write(said);
          }
        };
    try (StreamServer hostile = StreamServer.start(manner)) {
      return wire.ask(new Query(route(Route.Method.GET, hostile.address()), SHOP, Messages.LONG));
    }
  }

  private void assertUntrusted(String reason, HeldCertificate shown)
      throws IOException, InterruptedException {
    try (MockWebServer untrusted = new MockWebServer()) {
      untrusted.useHttps(Certificates.server(shown).sslSocketFactory());
      untrusted.start();
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), untrusted.getPort());
      Exchanged exchanged =
          wire.ask(new Query(route(Route.Method.GET, address), SHOP, Messages.LONG));
      Exchanged.Broken broken = assertInstanceOf(Exchanged.Broken.class, exchanged);
      assertEquals(Cause.TLS, broken.cause());
      assertEquals(reason, broken.reason().substring(0, reason.length()));
    }
  }

  private static MockResponse.Builder good() {
    return new MockResponse.Builder()
        .setHeader("Content-Type", "application/dns-message")
        .body(new Buffer().write(ANSWER));
  }

  private static MockResponse body(byte[] bytes) {
    return good().body(new Buffer().write(bytes)).build();
  }

  private Exchanged ask(Route.Method method, MockResponse response)
      throws IOException, InterruptedException {
    if (!server.getStarted()) {
      server.useHttps(Certificates.server(Certificates.GOOD).sslSocketFactory());
      server.start();
    }
    server.enqueue(response);
    return wire.ask(new Query(route(method), SHOP, Messages.LONG));
  }

  private Route.Https route(Route.Method method) {
    return route(method, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
  }

  private static Route.Https route(Route.Method method, InetSocketAddress address) {
    return new Route.Https(
        address, Certificates.trust(Certificates.NAME), "dns.example", "/dns-query", method);
  }

  private static Exchanged.Answered answered(Exchanged exchanged) {
    return assertInstanceOf(Exchanged.Answered.class, exchanged);
  }

  private static void assertBroken(String reason, Exchanged exchanged) {
    Exchanged.Broken broken = assertInstanceOf(Exchanged.Broken.class, exchanged);
    assertEquals(reason, broken.reason());
    assertEquals(Cause.PROTOCOL, broken.cause());
  }
}
