package dev.allclear.probes.journey;

import static dev.allclear.probes.Outcome.pass;
import static dev.allclear.probes.journey.Trial.failed;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.http;
import static dev.allclear.probes.journey.Trial.post;
import static dev.allclear.probes.journey.Trial.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Reply;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.http.HttpProxy;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.http.Redirects;
import dev.allclear.probes.http.Target;
import dev.allclear.probes.http.Tls;
import dev.allclear.probes.tls.PemFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LinkTest {
  private static final Link FOLLOWING = Link.DEFAULT.following(Redirects.FOLLOW);

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void bind() {
    server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String start(String scheme) throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
    return scheme + "://shop.example:" + server.getPort();
  }

  private String startSecure() throws IOException {
    server.useHttps(Certificates.server(Certificates.GOOD));
    return start("https");
  }

  private static MockResponse ok() {
    return new MockResponse.Builder().code(200).body("ok").build();
  }

  private static MockResponse redirect(int status, String location) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Location", location)
        .addHeader("Set-Cookie", "seen=yes; Path=/")
        .build();
  }

  @Test
  void followsRedirectsWithTheCookiesTheySetAndTellsOfEach()
      throws IOException, InterruptedException {
    String base = start("http");
    server.enqueue(redirect(302, "/b"));
    server.enqueue(redirect(307, "c?d=1"));
    server.enqueue(ok());

    Observation seen = run(get(base + "/a").step().over(FOLLOWING));

    assertEquals(pass(), seen.outcome());
    List<Reply.Hop> hops = http(seen, 0).hops();
    assertEquals(List.of(base + "/b", base + "/c?d=1"), hops.stream().map(Reply.Hop::to).toList());
    assertEquals(List.of(302, 307), hops.stream().map(Reply.Hop::status).toList());
    assertEquals(200, http(seen, 0).status());
    assertEquals(http(seen, 0).phases().total(), seen.length());
    assertNull(server.takeRequest().getHeaders().get("Cookie"));
    assertEquals("seen=yes", server.takeRequest().getHeaders().get("Cookie"));
    assertEquals(1, connections());
  }

  private int connections() throws InterruptedException {
    return 1 + server.takeRequest().getConnectionIndex();
  }

  @ParameterizedTest
  @CsvSource({"301,GET", "302,GET", "303,GET", "307,POST", "308,POST"})
  void rewritesMethodsAsBrowsersDo(int status, String method)
      throws IOException, InterruptedException {
    String base = start("http");
    server.enqueue(redirect(status, "/b"));
    server.enqueue(ok());

    Body form = new Body.Form(Map.of("a", Trial.template("1")));
    assertEquals(pass(), run(post(base + "/a").body(form).step().over(FOLLOWING)).outcome());

    server.takeRequest();
    RecordedRequest second = server.takeRequest();
    assertEquals(method, second.getMethod());
    boolean kept = method.equals("POST");
    assertEquals(kept ? "a=1" : "", String.valueOf(text(second)));
    assertEquals(kept, second.getHeaders().get("Content-Type") != null);
  }

  private static String text(RecordedRequest request) {
    ByteString body = request.getBody();
    return body == null ? "" : body.utf8();
  }

  @Test
  void tellsNoOtherOriginTheCredentials() throws IOException, InterruptedException {
    String base = start("http");
    server.enqueue(redirect(302, base.replace("shop.example", "other.example") + "/b"));
    server.enqueue(ok());

    run(
        get(base + "/a")
            .header("Authorization", "Bearer x")
            .header("X-Api-Key", "z")
            .header("X-Mine", "y")
            .step()
            .over(FOLLOWING));

    assertEquals("Bearer x", server.takeRequest().getHeaders().get("Authorization"));
    RecordedRequest second = server.takeRequest();
    assertNull(second.getHeaders().get("Authorization"));
    assertNull(second.getHeaders().get("Cookie"));
    assertNull(second.getHeaders().get("X-Api-Key"));
    assertEquals("y", second.getHeaders().get("X-Mine"));
  }

  @Test
  void followsNoMoreRedirectsThanAllowed() throws IOException {
    String base = start("http");
    server.enqueue(redirect(302, "/b"));
    server.enqueue(redirect(302, "/c"));

    assertEquals(
        failed(Cause.PROTOCOL, "redirected more than once, then to " + base + "/c"),
        run(get(base + "/a").step().over(Link.DEFAULT.following(new Redirects(1, false))))
            .outcome());
  }

  @ParameterizedTest
  @CsvSource({"ftp://shop.example/", "http://", "'http://a b/'"})
  void followsNoRedirectToNowhere(String location) throws IOException {
    String base = start("http");
    server.enqueue(redirect(302, location));

    assertEquals(
        failed(Cause.PROTOCOL, "status 302 leads to no http or https URL: " + location),
        run(get(base + "/a").step().over(FOLLOWING)).outcome());
  }

  @Test
  void refusesToLeaveTlsUnlessAllowed() throws IOException {
    String base = startSecure();
    String plain = "http://shop.example:" + server.getPort() + "/b";
    server.enqueue(redirect(302, plain));
    Link link = FOLLOWING.secured(Certificates.trusting());

    assertEquals(
        failed(Cause.PROTOCOL, "redirected from https to unencrypted " + plain),
        run(get(base + "/a").step().over(link)).outcome());
  }

  @ParameterizedTest
  @CsvSource({"NEGOTIATED,h2", "ONE,http/1.1", "TWO,h2"})
  void speaksTheProtocolThatIsAskedFor(Link.Http http, String spoken) throws IOException {
    String base = startSecure();
    server.enqueue(ok());
    Link link = Link.DEFAULT.speaking(http).secured(Certificates.trusting());

    Observation seen = run(get(base + "/").step().over(link));

    assertEquals(pass(), seen.outcome());
    assertEquals(spoken, http(seen, 0).protocol());
  }

  @Test
  void failsWhereTheServerNegotiatesLess() throws IOException {
    server.setProtocols(List.of(Protocol.HTTP_1_1));
    String base = startSecure();
    Link link = Link.DEFAULT.speaking(Link.Http.TWO).secured(Certificates.trusting());

    assertEquals(
        failed(Cause.PROTOCOL, "HTTP/2 expected, but the server negotiated http/1.1"),
        run(get(base + "/").step().over(link)).outcome());
    assertEquals(0, server.getRequestCount());
  }

  @Test
  void speaksTwoInTheClearByPriorKnowledge() throws IOException {
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    String base = start("http");
    server.enqueue(ok());

    Observation seen =
        run(get(base + "/").step().over(Link.DEFAULT.speaking(Link.Http.CLEARTEXT_TWO)));

    assertEquals(pass(), seen.outcome());
    assertEquals("h2c", http(seen, 0).protocol());
  }

  @ParameterizedTest
  @CsvSource({
    "br,jwmAbmVlZGxlIGluIGEgaGF5c3RhY2sD",
    "identity,bmVlZGxlIGluIGEgaGF5c3RhY2s=",
    "zstd,bmVlZGxlIGluIGEgaGF5c3RhY2s="
  })
  void takesContentCodingsOff(String coding, String base64)
      throws IOException, InterruptedException {
    String base = start("http");
    Buffer body = new Buffer().write(Base64.getDecoder().decode(base64));
    server.enqueue(
        new MockResponse.Builder().body(body).setHeader("Content-Encoding", coding).build());

    Observation seen =
        run(
            get(base + "/")
                .expect(Expectation.contains(Trial.template("needle in a haystack")))
                .step());

    assertEquals(pass(), seen.outcome());
    assertEquals(20, http(seen, 0).bytes());
    assertEquals("gzip, br", server.takeRequest().getHeaders().get("Accept-Encoding"));
  }

  @Test
  void asksAnotherNameAndVerifiesIt() throws IOException {
    server.useHttps(Certificates.server(Certificates.OTHER_HOST));
    String base = start("https");
    server.enqueue(ok());
    Path ca = Files.writeString(folder.resolve("ca.pem"), Certificates.AUTHORITY.certificatePem());
    Tls tls = Tls.of(PemFile.ofCertificates(ca), null, null, "other.example");

    assertEquals(pass(), run(get(base + "/").step().over(Link.DEFAULT.secured(tls))).outcome());
  }

  @TempDir private Path folder;

  @Test
  void connectsToAnotherPortAndKeepsTheHost() throws IOException, InterruptedException {
    start("http");
    server.enqueue(ok());
    Link link = Link.DEFAULT.to(new Target("127.0.0.1", server.getPort()));

    Observation seen = run(_ -> List.of(), get("http://shop.example:81/").step().over(link));

    assertEquals(pass(), seen.outcome());
    assertEquals("shop.example:81", server.takeRequest().getHeaders().get("Host"));
  }

  private Link proxied(String login) {
    return Link.DEFAULT.through(
        HttpProxy.parse("http://" + login + "proxy.example:" + server.getPort()));
  }

  @Test
  void asksAProxyForTheWholeUrl() throws IOException, InterruptedException {
    start("http");
    server.enqueue(ok());

    assertEquals(
        pass(), run(get("http://shop.example/a").step().over(proxied("me:secret@"))).outcome());

    RecordedRequest request = server.takeRequest();
    assertEquals("GET http://shop.example/a HTTP/1.1", request.getRequestLine());
    assertEquals("Basic bWU6c2VjcmV0", request.getHeaders().get("Proxy-Authorization"));
  }

  @ParameterizedTest
  @CsvSource({
    "http,407,the proxy 127.0.0.1:PORT wants another user and password (status 407)",
    "https,407,the proxy 127.0.0.1:PORT wants another user and password (status 407)",
    "https,502,the proxy 127.0.0.1:PORT answered CONNECT with status 502"
  })
  void tellsTheProxysFailuresFromTheTargets(String scheme, int status, String detail)
      throws IOException {
    start("http");
    server.enqueue(new MockResponse.Builder().code(status).build());

    assertEquals(
        failed(Cause.CONNECT, detail.replace("PORT", "" + server.getPort())),
        run(get(scheme + "://shop.example/").step().over(proxied("me:secret@"))).outcome());
  }

  @Test
  void tellsWhichProxyCannotBeConnectedTo() throws IOException {
    start("http");
    server.close();
    int port = server.getPort();

    assertEquals(
        failed(
            Cause.CONNECT,
            "cannot connect to the proxy 127.0.0.1:" + port + ": Connection refused"),
        run(get("https://shop.example/").step().over(proxied(""))).outcome());
  }
}
