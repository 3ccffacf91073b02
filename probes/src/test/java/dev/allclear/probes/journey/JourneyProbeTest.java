package dev.allclear.probes.journey;

import static dev.allclear.probes.Outcome.pass;
import static dev.allclear.probes.journey.Trial.failed;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.http;
import static dev.allclear.probes.journey.Trial.post;
import static dev.allclear.probes.journey.Trial.run;
import static dev.allclear.probes.journey.Trial.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.template.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.GzipSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JourneyProbeTest {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    Trial.start(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url(String path) {
    return "http://shop.example:" + server.getPort() + path;
  }

  private static MockResponse.Builder answer(int status) {
    return new MockResponse.Builder().code(status);
  }

  private void enqueue(MockResponse.Builder... answers) {
    for (MockResponse.Builder answer : answers) {
      server.enqueue(answer.build());
    }
  }

  @Test
  void walksThroughALogin() throws InterruptedException {
    enqueue(
        answer(200)
            .addHeader("Set-Cookie", "session=abc; Path=/; HttpOnly")
            .body("{\"token\": \"t0k3n-77\"}"),
        answer(201).body("{\"id\": 4711}"),
        answer(200).body("{\"state\": \"booked\"}"));
    Observation seen =
        run(
            post(url("/login"))
                .body(new Body.Form(Map.of("password", template("${env:PROBE_PASSWORD}"))))
                .captureSecret("token", Source.json("$.token"))
                .named("log in"),
            post(url("/orders"))
                .header("Authorization", "Bearer ${token}")
                .body(new Body.Json(Map.of("sku", template("demo-1 \"${token}\""))))
                .expect(Expectation.status("201"))
                .capture("order", Source.json("$.id"))
                .named("pay"),
            get(url("/orders/${order}?t=${token}"))
                .expect(Expectation.json("$.state", template("booked")))
                .named("the order is booked"));

    assertEquals(pass(), seen.outcome());
    assertEquals(
        List.of("log in", "pay", "the order is booked"),
        seen.steps().stream().map(StepRun::name).toList());
    RecordedRequest login = server.takeRequest();
    assertEquals("password=p%26ss+%22w0rd%22%2F%C3%BC", text(login));
    assertNull(login.getHeaders().get("Cookie"));
    RecordedRequest pay = server.takeRequest();
    assertEquals("Bearer t0k3n-77", pay.getHeaders().get("Authorization"));
    assertEquals("application/json", pay.getHeaders().get("Content-Type"));
    assertEquals("{\"sku\":\"demo-1 \\\"t0k3n-77\\\"\"}", text(pay));
    assertEquals("session=abc", pay.getHeaders().get("Cookie"));
    RecordedRequest order = server.takeRequest();
    assertEquals("/orders/4711?t=t0k3n-77", order.getTarget());
    assertEquals("session=abc", order.getHeaders().get("Cookie"));
    assertEquals("GET " + url("/orders/4711?t=***"), http(seen, 2).request());
  }

  private static String text(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }

  @Test
  void stopsAtTheFirstStepThatFails() {
    enqueue(answer(200), answer(503).body("busy"));
    Observation seen =
        run(get(url("/")).named("a"), get(url("/")).named("b"), get(url("/")).named("c"));
    assertEquals(failed(Cause.STATUS, "status 503, expected 200-299"), seen.outcome());
    assertEquals(List.of("a", "b"), seen.steps().stream().map(StepRun::name).toList());
    assertEquals("b", seen.failedStep().orElseThrow().name());
    assertEquals(503, http(seen, 1).status());
    assertEquals(4, http(seen, 1).bytes());
    assertEquals(2, server.getRequestCount());
  }

  @Test
  void timesEveryPhaseWithoutGaps() {
    enqueue(answer(200).body("x"), answer(200).body("y"));
    Observation seen = run(get(url("/1")).step(), post(url("/2")).step());
    for (StepRun step : seen.steps()) {
      assertEquals(step.length(), ((Reply.Http) step.reply()).phases().total());
    }
    Phases first = http(seen, 0).phases();
    assertTrue(first.dns().isPositive() && first.connect().isPositive(), first::toString);
    assertTrue(first.send().isPositive() && first.waiting().isPositive(), first::toString);
    assertEquals(Duration.ZERO, first.tls());
    Phases second = http(seen, 1).phases();
    assertEquals(Duration.ZERO, second.dns().plus(second.connect()));
    assertEquals(seen.begin(), seen.steps().getFirst().begin());
    assertEquals(seen.end(), seen.steps().getLast().end());
    assertEquals("127.0.0.1", http(seen, 0).remote());
    assertEquals("http/1.1", http(seen, 0).protocol());
  }

  @Test
  void reusesConnectionsWithinARunOnly() throws InterruptedException {
    enqueue(answer(200), answer(200), answer(200));
    JourneyProbe probe =
        Trial.probe(
            Duration.ofSeconds(20), Trial.LOOPBACK, get(url("/")).step(), get(url("/")).step());
    assertEquals(pass(), run(probe).outcome());
    enqueue(answer(200));
    assertEquals(pass(), run(probe).outcome());
    assertEquals(
        List.of("0.0", "0.1", "1.0", "1.1"),
        List.of(exchange(), exchange(), exchange(), exchange()));
  }

  private String exchange() throws InterruptedException {
    RecordedRequest request = server.takeRequest();
    return request.getConnectionIndex() + "." + request.getExchangeIndex();
  }

  @Test
  void forgetsCookiesAndVariablesBetweenRuns() throws InterruptedException {
    enqueue(answer(200).addHeader("Set-Cookie", "a=1"), answer(200).addHeader("Set-Cookie", "a=2"));
    JourneyProbe probe = Trial.probe(Duration.ofSeconds(20), Trial.LOOPBACK, get(url("/")).step());
    assertEquals(pass(), run(probe).outcome());
    assertEquals(pass(), run(probe).outcome());
    assertNull(server.takeRequest().getHeaders().get("Cookie"));
    assertNull(server.takeRequest().getHeaders().get("Cookie"));
  }

  @Test
  void keepsCookiesAsABrowserWould() throws InterruptedException {
    enqueue(
        answer(200)
            .addHeader("Set-Cookie", "a=1")
            .addHeader("Set-Cookie", "deep=1; Path=/x/y")
            .addHeader("Set-Cookie", "wide=1; Domain=shop.example; Path=/")
            .addHeader("Set-Cookie", "foreign=1; Domain=other.example")
            .addHeader("Set-Cookie", "secure=1; Secure; Path=/"),
        answer(200).addHeader("Set-Cookie", "a=; Max-Age=0; Path=/x"),
        answer(200),
        answer(200));
    Observation seen =
        run(
            get(url("/x/")).step(),
            get(url("/x/y")).step(),
            get(url("/x/")).step(),
            get("http://www.shop.example:" + server.getPort() + "/").step());
    assertEquals(pass(), seen.outcome());
    assertNull(server.takeRequest().getHeaders().get("Cookie"));
    assertEquals("deep=1; a=1; wide=1", server.takeRequest().getHeaders().get("Cookie"));
    assertEquals("wide=1", server.takeRequest().getHeaders().get("Cookie"));
    assertEquals("wide=1", server.takeRequest().getHeaders().get("Cookie"));
  }

  @Test
  void doesNotFollowRedirects() {
    enqueue(answer(302).addHeader("Location", "/next"), answer(200));
    Observation seen =
        run(
            get(url("/"))
                .expect(Expectation.status("302"))
                .expect(Expectation.header("location", template("/NEXT")))
                .capture("next", Source.header("Location"))
                .step(),
            get(url("${next}")).step());
    assertEquals(pass(), seen.outcome());
    assertEquals("GET " + url("/next"), http(seen, 1).request());
  }

  @Test
  void repeatsNothingThatTheServerAsksToRepeat() {
    for (int status : new int[] {503, 408, 421, 407, 401}) {
      enqueue(answer(status).addHeader("Retry-After", "0").addHeader("WWW-Authenticate", "Basic"));
      Observation seen =
          run(
              get(url("/"))
                  .expect(Expectation.status("200"))
                  .expect(Expectation.header("Retry-After", template("1")))
                  .step());
      assertEquals(
          failed(
              Cause.STATUS,
              "status %d, expected 200; header Retry-After is \"0\", expected \"1\" in it"
                  .formatted(status)),
          seen.outcome());
    }
    assertEquals(5, server.getRequestCount());
  }

  @Test
  void survivesARetryAfterThatIsNoNumber() {
    enqueue(answer(503).addHeader("Retry-After", "99999999999999999999"));
    assertEquals(
        failed(Cause.STATUS, "status 503, expected 200-299"), run(get(url("/")).step()).outcome());
  }

  @Test
  void tellsHowLongItIsAskedToWait() {
    enqueue(
        answer(503).addHeader("Retry-After", "120"),
        answer(429).addHeader("Retry-After", "99999999999999999999"),
        answer(429).addHeader("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"),
        answer(503).addHeader("Retry-After", "soon"),
        answer(503));
    assertEquals(Duration.ofMinutes(2), http(run(get(url("/")).step()), 0).retryAfter());
    assertEquals(
        Duration.ofSeconds(Integer.MAX_VALUE), http(run(get(url("/")).step()), 0).retryAfter());
    assertEquals(Duration.ZERO, http(run(get(url("/")).step()), 0).retryAfter());
    assertNull(http(run(get(url("/")).step()), 0).retryAfter());
    assertNull(http(run(get(url("/")).step()), 0).retryAfter());
  }

  @Test
  void readsCompressedBodies() throws IOException {
    enqueue(answer(200).addHeader("Content-Encoding", "gzip").body(gzip("{\"a\": 1}")));
    Observation seen = run(get(url("/")).expect(Expectation.json("$.a", 1)).step());
    assertEquals(pass(), seen.outcome());
    assertEquals(8, http(seen, 0).bytes());
  }

  @Test
  void boundsTheBodyAfterDecompression() throws IOException {
    enqueue(
        answer(200)
            .addHeader("Content-Encoding", "gzip")
            .body(gzip("a".repeat(20 * 1024 * 1024) + "needle")),
        answer(200));
    Observation seen =
        run(get(url("/")).expect(Expectation.contains(template("a"))).step(), get(url("/")).step());
    assertEquals(pass(), seen.outcome());
    assertEquals(1024 * 1024, http(seen, 0).bytes());

    enqueue(answer(200).body("a".repeat(1024 * 1024) + "needle"));
    assertEquals(
        failed(Cause.ASSERTION, "body does not contain \"needle\" in the first 1 MiB"),
        run(get(url("/")).expect(Expectation.contains(template("needle"))).step()).outcome());
  }

  private static Buffer gzip(String text) throws IOException {
    Buffer compressed = new Buffer();
    try (GzipSink sink = new GzipSink(compressed)) {
      Buffer plain = new Buffer().writeUtf8(text);
      sink.write(plain, plain.size());
    }
    return compressed;
  }

  @Test
  void readsBodiesInTheirCharset() {
    enqueue(
        answer(200)
            .addHeader("Content-Type", "text/plain; charset=iso-8859-1")
            .body(new Buffer().write(new byte[] {(byte) 0xfc})),
        answer(200).addHeader("Content-Type", "text/plain; charset=klingon").body("ü"),
        answer(200).body("\uFEFF{\"a\":1}"));
    assertEquals(
        pass(),
        run(
                get(url("/")).expect(Expectation.contains(template("ü"))).step(),
                get(url("/")).expect(Expectation.contains(template("ü"))).step(),
                get(url("/")).expect(Expectation.json("$.a", 1)).step())
            .outcome());
  }

  @Test
  void sendsWhatTheStepSays() throws InterruptedException {
    enqueue(answer(200), answer(200), answer(204));
    Observation seen =
        run(
            post(url("/"))
                .header("content-type", "text/csv")
                .header("Host", "other.example")
                .header("User-Agent", "me")
                .body(new Body.Text("text/plain", template("a,b")))
                .step(),
            new Trial.Draft("PUT", url("/")).step(),
            new Trial.Draft("HEAD", url("/")).step());
    assertEquals(pass(), seen.outcome());
    RecordedRequest first = server.takeRequest();
    assertEquals(List.of("text/csv"), first.getHeaders().values("Content-Type"));
    assertEquals(List.of("other.example"), first.getHeaders().values("Host"));
    assertEquals(List.of("me"), first.getHeaders().values("User-Agent"));
    assertEquals("a,b", text(first));
    RecordedRequest second = server.takeRequest();
    assertEquals("0", second.getHeaders().get("Content-Length"));
    assertEquals("allclear/development", second.getHeaders().get("User-Agent"));
    assertEquals("HEAD", server.takeRequest().getMethod());
  }

  @Test
  void triesTheNextAddress() throws IOException {
    enqueue(answer(200));
    InetAddress refusing = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    InetAddress serving = InetAddress.getByAddress(LOOPBACK);
    Observation seen = run(_ -> List.of(refusing, serving), get(url("/")).step());
    assertEquals(pass(), seen.outcome());
    assertEquals("127.0.0.1", http(seen, 0).remote());
  }

  @Test
  void neverShowsASecret() {
    String echo = "mara@shop.example p&ss \"w0rd\"/ü p%26ss%20%22w0rd%22%2F%C3%BC";
    enqueue(
        answer(200).addHeader("X-Token", "t0k3n-77"),
        answer(500)
            .addHeader("X-Echo", "p%26ss%20%22w0rd%22%2f%c3%bc t0k3n-77")
            .body(JsonText.write(Map.of("echo", echo, "t", "t0k3n-77"))));
    Observation seen =
        run(
            get(url("/?u=${env:PROBE_USER}&p=${env:PROBE_PASSWORD}&s=${env:SHORT}"))
                .captureSecret("token", Source.header("X-Token"))
                .step(),
            get("http://mara:hunter2@shop.example:"
                    + server.getPort()
                    + "/${token}?p=${env:PROBE_PASSWORD}")
                .expect(Expectation.json("$.echo", template("${env:PROBE_PASSWORD}")))
                .expect(Expectation.json("$.t", template("${token}!")))
                .expect(Expectation.contains(template("${token}?")))
                .expect(Expectation.header("X-Echo", template("zzz")))
                .step());
    assertEquals(
        failed(
            Cause.STATUS,
            "status 500, expected 200-299; $.echo is \"*** *** ***\", expected \"***\"; "
                + "$.t is \"***\", expected \"***!\"; body does not contain \"***?\"; "
                + "header X-Echo is \"*** ***\", expected \"zzz\" in it"),
        seen.outcome());
    assertEquals("GET " + url("/?u=***&p=***&s=abc"), http(seen, 0).request());
    for (String secret : List.of("mara", "w0rd", "t0k3n", "hunter2")) {
      assertFalse(seen.toString().contains(secret), seen::toString);
    }
  }

  @Test
  void aMissingVariableIsAnOutcome() {
    enqueue(answer(200));
    Observation seen = run(get(url("/")).step(), get(url("/${b}/${a}")).step());
    assertEquals(failed(Cause.EXTRACT, "no value for a, b"), seen.outcome());
    assertEquals(Reply.nothing(), seen.steps().get(1).reply());
  }

  @Test
  void aCaptureThatFitsNowhereIsTheTargetsFault() {
    enqueue(answer(200).body("not a url"), answer(200).body("a\nb"));
    assertEquals(
        failed(
            Cause.EXTRACT,
            "cannot be sent: Expected URL scheme 'http' or 'https' but no scheme was found f…"),
        run(get(url("/")).capture("next", Source.regex("(?s).*")).step(), get("${next}").step())
            .outcome());
    assertEquals(
        failed(Cause.EXTRACT, "cannot be sent: Unexpected char 0x0a at 1 in x-id value: a\\nb"),
        run(
                get(url("/")).capture("id", Source.regex("(?s).*")).step(),
                get(url("/")).header("x-id", "${id}").step())
            .outcome());
  }

  @Test
  void whatTheOperatorMiswroteIsNotTheTargetsFault() {
    assertEquals(
        Outcome.inconclusive("cannot be sent: Expected URL scheme 'http' or 'https' but was 'ftp'"),
        run(get("ftp://shop.example/").step()).outcome());
    assertEquals(
        Outcome.inconclusive("cannot be sent: method GET must not have a request body."),
        run(get(url("/")).body(new Body.Text("text/plain", template("x"))).step()).outcome());
  }
}
