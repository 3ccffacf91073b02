package dev.allclear.probes.journey;

import static dev.allclear.probes.Outcome.pass;
import static dev.allclear.probes.journey.Trial.failed;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.http;
import static dev.allclear.probes.journey.Trial.run;
import static dev.allclear.probes.journey.Trial.socket;
import static dev.allclear.probes.journey.Trial.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.http.Tls;
import dev.allclear.probes.tls.PemFile;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

final class SocketTest {

  /// For what is waited for in vain: the handshake and what comes before takes a moment.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String ACCEPT = "Sec-WebSocket-Accept";

  private final MockWebServer server = new MockWebServer();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws IOException {
    Trial.start(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url() {
    return "ws://shop.example:" + server.getPort() + "/live";
  }

  /// Says these after each message that it hears.
  private final class Shop extends WebSocketListener {
    private final List<String> answers;

    Shop(String... answers) {
      this.answers = List.of(answers);
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
      heard.add(text);
      answers.forEach(webSocket::send);
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
      heard.add("closed " + code);
      webSocket.close(code, null);
    }
  }

  private void serve(WebSocketListener listener) {
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(listener).build());
  }

  @Test
  void waitsForTheMessageThatHoldsAndSaysGoodbye() throws InterruptedException {
    serve(new Shop("{\"sku\": \"other\"}", "{\"sku\": \"abc\", \"price\": 7}", "{}"));
    server.enqueue(new MockResponse.Builder().build());
    Observation seen =
        run(
            socket(url())
                .send("subscribe ${env:SHORT}")
                .header("X-Shop", "1")
                .expect(Expectation.json("$.sku", template("${env:SHORT}")))
                .capture("price", Source.json("$.price"))
                .named("live"),
            get("http://shop.example:" + server.getPort() + "/${price}").named("look"));
    assertEquals(pass(), seen.outcome());
    assertEquals("subscribe abc", heard.take());
    assertEquals("closed 1000", heard.take());
    RecordedRequest handshake = server.takeRequest();
    assertEquals("1", handshake.getHeaders().get("X-Shop"));
    assertNotNull(handshake.getHeaders().get("traceparent"));
    assertEquals("/7", server.takeRequest().getTarget());
    assertEquals("GET " + url(), http(seen, 0).request());
    assertEquals(101, http(seen, 0).status());
    assertEquals(26, http(seen, 0).bytes());
    assertEquals(seen.steps().getFirst().length(), http(seen, 0).phases().total());
  }

  @Test
  void aSocketOfWhichNothingIsExpectedHasOnlyToOpen() throws InterruptedException {
    serve(new Shop());
    assertEquals(pass(), run(socket(url()).send("hello").step()).outcome());
    assertEquals("hello", heard.take());
    assertEquals("closed 1000", heard.take());
  }

  @Test
  @Execution(CONCURRENT)
  void saysWhatTheLastMessageLacked() {
    serve(new Shop("{\"sku\": \"a\"}", "{\"sku\": \"b\"}"));
    assertEquals(
        failed(
            Cause.TIMEOUT,
            "no such message within 3s; the last of 2: $.sku is \"b\", expected \"c\""),
        run(socket(url())
                .send("x")
                .expect(Expectation.json("$.sku", template("c")))
                .within(PATIENCE)
                .step())
            .outcome());
  }

  @Test
  @Execution(CONCURRENT)
  void saysThatNoMessageCame() {
    serve(new Shop());
    assertEquals(
        failed(Cause.TIMEOUT, "no message within 3s (connected, the socket is open)"),
        run(socket(url()).expect(Expectation.contains(template("x"))).within(PATIENCE).step())
            .outcome());
  }

  @Test
  void aCloseBeforeTheMessageIsAFailureWithItsReason() {
    serve(
        new WebSocketListener() {
          @Override
          public void onOpen(WebSocket webSocket, Response response) {
            webSocket.send("one");
            webSocket.send(ByteString.of((byte) 1));
            webSocket.close(1011, "overloaded");
          }
        });
    assertEquals(
        failed(
            Cause.PROTOCOL,
            "the socket was closed with 1011 \"overloaded\" before such a message; "
                + "the last of 2: it is binary"),
        run(socket(url()).expect(Expectation.contains(template("x"))).step()).outcome());
  }

  @Test
  void theHandshakeIsJudged() {
    server.enqueue(new MockResponse.Builder().code(403).body("no").build());
    assertEquals(
        failed(Cause.STATUS, "status 403, expected 101"), run(socket(url()).step()).outcome());
    server.enqueue(new MockResponse.Builder().code(403).body("no").build());
    assertEquals(pass(), run(socket(url()).expect(Expectation.status("403")).step()).outcome());
    serve(new Shop());
    assertEquals(
        failed(Cause.STATUS, "status 101, expected 403"),
        run(socket(url()).expect(Expectation.status("403")).step()).outcome());
    serve(new Shop());
    assertEquals(
        failed(Cause.ASSERTION, "header X-Served-By is missing, expected \"us\" in it"),
        run(socket(url()).expect(Expectation.header("X-Served-By", template("us"))).step())
            .outcome());
  }

  @Test
  void anAnswerThatOnlyLooksLikeAHandshakeIsNone() {
    server.enqueue(new MockResponse.Builder().code(101).build());
    assertEquals(
        failed(Cause.PROTOCOL, "status 101 without `Connection: Upgrade` and `Upgrade: websocket`"),
        run(socket(url()).step()).outcome());
  }

  /// Opens the socket, then does with it what a test says.
  private static Outcome against(String head, RawServer.Conversation after) throws IOException {
    try (RawServer raw =
        RawServer.start((socket, connection) -> {
          RawServer.write(socket, opened(key(socket), head));
          after.hold(socket, connection);
        })) {
      return run(socket("ws://shop.example:" + raw.port() + "/")
              .expect(Expectation.contains(template("x")))
              .step())
          .outcome();
    }
  }

  private static String key(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return head.toString().replaceFirst("(?is).*sec-websocket-key: (\\S+).*", "$1");
  }

  private static String opened(String key, String head) {
    String accept =
        ByteString.encodeUtf8(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").sha1().base64();
    return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + (head.contains(ACCEPT) ? "" : ACCEPT + ": " + accept + "\r\n")
        + head
        + "\r\n";
  }

  private static RawServer.Conversation saying(int... octets) {
    return (socket, _) -> {
      for (int octet : octets) {
        socket.getOutputStream().write(octet);
      }
      RawServer.drain(socket);
    };
  }

  @Test
  void fragmentsAndPingsMakeOneMessage() throws IOException {
    assertEquals(
        pass(),
        against(
            "",
            (socket, _) -> {
              socket.getOutputStream().write(new byte[] {0x01, 1, 'a'});
              socket.getOutputStream().write(new byte[] {(byte) 0x89, 2, 'h', 'i'});
              DataInputStream in = new DataInputStream(socket.getInputStream());
              byte[] pong = in.readNBytes(8);
              assertEquals((byte) 0x8a, pong[0]);
              assertEquals((byte) 0x82, pong[1]);
              assertEquals('h', pong[6] ^ pong[2]);
              socket.getOutputStream().write(new byte[] {(byte) 0x80, 1, 'x'});
              RawServer.drain(socket);
            }));
  }

  @Test
  void aConnectionThatBreaksOffIsSaidToBeClosed() throws IOException {
    assertEquals(
        failed(Cause.PROTOCOL, "the connection was closed before any message"),
        against("", (_, _) -> {}));
    assertEquals(
        failed(Cause.PROTOCOL, "the socket was closed without a code before any message"),
        against("", saying(0x88, 0)));
  }

  @Test
  void hostileFramesAreFailures() throws IOException {
    assertBreach("a message is larger than 1 MiB", saying(0x81, 127, 0, 0, 0, 0, 0, 0x20, 0, 0));
    assertBreach(
        "a frame of no known kind or length",
        saying(0x81, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
    assertBreach("a frame of no known kind or length", saying(0x83, 0));
    assertBreach("a frame of no known kind or length", saying(0x89, 126, 1, 0));
    assertBreach("a frame has bits that no server may set", saying(0xc1, 1, 'x'));
    assertBreach("a frame has bits that no server may set", saying(0x81, 0x81, 0, 0, 0, 0, 'x'));
    assertBreach("the parts of a message do not follow each other", saying(0x80, 1, 'x'));
    assertBreach(
        "the parts of a message do not follow each other", saying(0x01, 1, 'x', 0x81, 1, 'x'));
    assertBreach("a text message is not UTF-8", saying(0x81, 1, 0xff));
  }

  private static void assertBreach(String reason, RawServer.Conversation conversation)
      throws IOException {
    assertEquals(
        failed(Cause.PROTOCOL, "malformed answer: WebSocket: " + reason)
            .toString()
            .replace("malformed answer: ", ""),
        against("", conversation).toString());
  }

  @Test
  void endlessFragmentsEndAtTheLimit() throws IOException {
    byte[] fragment = new byte[4 + 65_535];
    Arrays.fill(fragment, (byte) 'a');
    fragment[1] = 126;
    fragment[2] = (byte) 0xff;
    fragment[3] = (byte) 0xff;
    assertBreach(
        "a message is larger than 1 MiB",
        (socket, _) -> {
          fragment[0] = 0x01;
          while (true) {
            socket.getOutputStream().write(fragment);
            fragment[0] = 0x00;
          }
        });
  }

  @Test
  void aFeedMayBringMoreInAllThanOneAnswerMay() throws IOException {
    byte[] message = new byte[4 + 65_535];
    Arrays.fill(message, (byte) 'a');
    message[0] = (byte) 0x81;
    message[1] = 126;
    message[2] = (byte) 0xff;
    message[3] = (byte) 0xff;
    assertEquals(
        pass(),
        against(
            "",
            (socket, _) -> {
              for (int i = 0; i < 50; i++) {
                socket.getOutputStream().write(message);
              }
              socket.getOutputStream().write("\u0081\u0001x".getBytes(StandardCharsets.ISO_8859_1));
              RawServer.drain(socket);
            }));
  }

  @Test
  void aForeignHandshakeIsRefused() throws IOException {
    assertEquals(
        failed(
            Cause.PROTOCOL,
            "status 101 without the Sec-WebSocket-Accept that belongs to the request"),
        against(ACCEPT + ": bm9uZQ==\r\n", saying()));
    assertEquals(
        failed(Cause.PROTOCOL, "status 101 with a WebSocket extension that was not asked for"),
        against("Sec-WebSocket-Extensions: permessage-deflate\r\n", saying()));
  }

  @Test
  void largeMessagesAreSentWhole() throws InterruptedException {
    serve(new Shop("x"));
    serve(new Shop("x"));
    for (int size : List.of(1000, 70_000)) {
      assertEquals(
          pass(),
          run(socket(url())
                  .send("ä".repeat(size))
                  .expect(Expectation.contains(template("x")))
                  .step())
              .outcome());
      assertEquals("ä".repeat(size), heard.take());
      assertTrue(heard.take().startsWith("closed"));
    }
  }

  @Test
  void speaksOverTls(@TempDir Path folder) throws IOException {
    HeldCertificate held =
        new HeldCertificate.Builder().addSubjectAlternativeName("shop.example").build();
    server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(held).build().sslSocketFactory());
    Path ca = Files.writeString(folder.resolve("ca.pem"), held.certificatePem());
    Tls trusting = Tls.of(PemFile.ofCertificates(ca), null, null, null);
    Step step =
        socket("wss://shop.example:" + server.getPort() + "/live")
            .send("x")
            .expect(Expectation.contains(template("y")))
            .step();
    serve(new Shop("y"));
    Observation seen = run(step.over(Link.DEFAULT.secured(trusting)));
    assertEquals(pass(), seen.outcome());
    assertEquals("http/1.1", http(seen, 0).protocol());
    assertTrue(http(seen, 0).phases().tls().isPositive());
    assertEquals(Cause.TLS, ((Outcome.Failed) run(step).outcome()).cause());
  }
}
