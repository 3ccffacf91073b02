package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.wire.Certificates;
import dev.allclear.probes.wire.Route;
import dev.allclear.probes.wire.Wire;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLSocket;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// Resolvers behind TLS and HTTPS.
final class SecuredLookupTest {
  private static final Question SHOP = new Question("shop.test", "A");
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final Wire wire = Wire.open(new RealClock());

  @TempDir private Path folder;
  private Path authority = Path.of("");

  @BeforeEach
  void write() throws IOException {
    authority =
        Files.writeString(folder.resolve("ca.pem"), Certificates.AUTHORITY.certificatePem());
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void asksOverTls() throws IOException {
    StepRun step = overTls(Certificates.GOOD);
    assertEquals(Outcome.pass(), step.outcome());
    assertEquals(List.of("192.0.2.1"), dns(step).records());
  }

  @Test
  void saysWhyItTrustsNoCertificate() throws IOException {
    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, overTls(Certificates.EXPIRED).outcome());
    assertEquals(Cause.TLS, failed.cause());
    assertEquals(
        "office (tls://dns.example:PORT): the certificate has expired: NotAfter",
        failed
            .detail()
            .replaceFirst("example:\\d+", "example:PORT")
            .replaceFirst(": \\w+ \\w+ \\d+ .*", ""));
  }

  @Test
  void asksOverHttpsAndCountsTheAge() throws IOException {
    StepRun step = overHttps(new MockResponse.Builder().setHeader("Age", "20"));
    assertEquals(Outcome.pass(), step.outcome());
    assertEquals(List.of("192.0.2.1"), dns(step).records());
    assertEquals(Duration.ofSeconds(10), dns(step).ttl());
    StepRun older = overHttps(new MockResponse.Builder().setHeader("Age", "40"));
    assertEquals(Duration.ZERO, dns(older).ttl());
  }

  @Test
  void saysWhichStatusCame() throws IOException {
    StepRun step = overHttps(new MockResponse.Builder().code(503));
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, step.outcome());
    assertEquals(Cause.STATUS, failed.cause());
    assertEquals(
        "office (https://dns.example:PORT/dns-query) answered with HTTP status 503",
        failed.detail().replaceFirst("example:\\d+", "example:PORT"));
  }

  @Test
  void httpsCarriesAQuestionByTheMethodThatIsWanted() throws UnknownHostException {
    Server server = Server.parse("office", "https://192.0.2.53/dns-query");
    assertEquals(Route.Method.GET, method(server));
    assertEquals(Route.Method.POST, method(server.asking(Route.Method.POST)));
  }

  private static Route.Method method(Server server) throws UnknownHostException {
    return assertInstanceOf(Route.Https.class, server.route(_ -> List.of())).method();
  }

  @Test
  void looksUpTheHostThatIsNamed() throws UnknownHostException {
    Server server = Server.parse("office", "tls://dns.example");
    assertEquals(
        "192.0.2.53:853",
        Literal.show(server.route(_ -> List.of(InetAddress.ofLiteral("192.0.2.53"))).address()));
    assertThrows(
        UnknownHostException.class,
        () ->
            server.route(_ -> {
              throw new UnknownHostException("denied");
            }));
    assertEquals(
        "127.0.0.1:853",
        Literal.show(
            server
                .connectingTo(HERE)
                .route(_ -> {
                  throw new UnknownHostException("denied");
                })
                .address()));
  }

  private static Reply.Dns dns(StepRun step) {
    return assertInstanceOf(Reply.Dns.class, step.reply());
  }

  private StepRun overTls(HeldCertificate shown) throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 0, HERE)) {
      Thread.ofVirtual().start(() -> serve(listening, shown));
      return ask("tls://dns.example:" + listening.getLocalPort());
    }
  }

  private static void serve(ServerSocket listening, HeldCertificate shown) {
    try (SSLSocket socket = Certificates.accept(shown, listening.accept())) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] query = in.readNBytes(in.readUnsignedShort());
      socket.getOutputStream().write(Codec.framed(answer(query)));
    } catch (IOException _) {
      // The client has seen enough.
    }
  }

  private StepRun overHttps(MockResponse.Builder response) throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(Certificates.server(Certificates.GOOD).sslSocketFactory());
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return answer(request, response);
            }
          });
      server.start();
      return ask("https://dns.example:" + server.getPort() + "/dns-query");
    }
  }

  private static MockResponse answer(RecordedRequest request, MockResponse.Builder response) {
    String target = request.getTarget();
    byte[] query = Base64.getUrlDecoder().decode(target.substring(target.indexOf("dns=") + 4));
    return response
        .setHeader("Content-Type", "application/dns-message")
        .body(new Buffer().write(answer(query)))
        .build();
  }

  private StepRun ask(String url) {
    Server server =
        Server.parse("office", url).connectingTo(HERE).verified(authority, "dns.example");
    return new Lookup(Duration.ofSeconds(20), wire).ask(SHOP, List.of(server)).getFirst();
  }

  private static byte[] answer(byte[] query) {
    try {
      Message reply = HostileServer.reply(new Message(query));
      reply.addRecord(
          new ARecord(
              reply.getQuestion().getName(), DClass.IN, 30, InetAddress.ofLiteral("192.0.2.1")),
          Section.ANSWER);
      return reply.toWire();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
