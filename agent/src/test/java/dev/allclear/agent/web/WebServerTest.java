package dev.allclear.agent.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Said;
import dev.allclear.agent.outage.Told;
import dev.allclear.probes.Bounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final World world = new World();
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = WebServer.start(ANY_PORT, world.sources());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void isHealthyAtOnceAndReadyOnceEveryProbeHasRun() throws IOException, InterruptedException {
    assertAnswer(200, "healthy\n", get("/-/healthy"));
    assertAnswer(503, "starting\n", get("/-/ready"));
    world.getReady();
    assertAnswer(200, "ready\n", get("/-/ready"));
  }

  @Test
  void handsTheAcceptHeaderToTheScrape() throws IOException, InterruptedException {
    HttpRequest request = request("/metrics").header("Accept", "text/plain;q=0.5").build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

    assertAnswer(200, "accepts text/plain;q=0.5\n", answer);
    assertEquals("text/plain; version=0.0.4", header(answer, "Content-Type"));
    assertAnswer(200, "accepts \n", get("/metrics"));
  }

  @Test
  void tellsTheStateOfEveryService() throws IOException, InterruptedException {
    world.breaks(World.CHECKOUT, "checkout-eu-1", "503");
    String probes =
        "\"probes\":[{\"probe\":\"buy\",\"depth\":\"deep\",\"up\":false,"
            + "\"lastPass\":\"2026-01-01T00:00:02.000Z\",\"lastFail\":\"2026-01-01T00:00:04.000Z\"},"
            + "{\"probe\":\"home\",\"depth\":\"shallow\",\"up\":true,"
            + "\"lastPass\":\"2026-01-01T00:00:02.000Z\",\"lastFail\":null}]";

    HttpResponse<String> answer = get("/api/v1/status");

    assertAnswer(
        200,
        "{\"vantage\":{\"id\":\"eu-west-1a\",\"region\":\"eu-west\"},\"version\":\"0.1.0\","
            + "\"now\":\"2026-01-01T00:01:00.000Z\",\"started\":\"2026-01-01T00:00:00.000Z\","
            + "\"services\":[{\"service\":\"checkout\",\"region\":\"eu\",\"state\":\"down\",\"blindSince\":null,"
            + "\"failing\":[\"home\"],\"since\":{\"earliest\":\"2026-01-01T00:00:09.000Z\","
            + "\"likely\":\"2026-01-01T00:00:09.500Z\",\"latest\":\"2026-01-01T00:00:10.000Z\"},"
            + "\"rto\":{\"seconds\":120.0,\"from\":\"onset\"},\"incident\":\"checkout-eu-1\","
            + probes
            + "},{\"service\":\"login\",\"region\":\"global\",\"state\":\"unknown\",\"blindSince\":null,\"failing\":[],"
            + "\"since\":null,\"rto\":null,\"incident\":null,"
            + probes
            + "}]}",
        answer);
    assertEquals("application/json; charset=utf-8", header(answer, "Content-Type"));
  }

  @Test
  void tellsOfEachServiceAsAWhole() throws IOException, InterruptedException {
    world.breaks(World.CHECKOUT, "checkout-eu-1", "503");

    String services = get("/api/v1/services").body();

    assertTrue(
        services.startsWith(
            "[{\"service\":\"checkout\",\"dependsOn\":[],\"downWhen\":\"any\",\"down\":true,"
                + "\"regions\":[{\"region\":\"eu\",\"state\":\"down\",\"incident\":\"checkout-eu-1\"}],"
                + "\"outage\":{\"downWhen\":\"any\",\"regions\":[\"eu\",\"us\"],"
                + "\"incidents\":[\"checkout-eu-1\"],\"kind\":\"outage\",\"state\":\"open\","),
        services);
    assertTrue(
        services.endsWith(
            ",\"curve\":[{\"at\":\"2026-01-01T00:00:12.000Z\",\"up\":1,\"of\":2}]}},"
                + "{\"service\":\"login\",\"dependsOn\":[],\"downWhen\":null,\"down\":false,"
                + "\"regions\":[{\"region\":\"global\",\"state\":\"unknown\",\"incident\":null}],"
                + "\"outage\":null}]"),
        services);
    String page = get("/").body();
    assertTrue(page.contains("<strong>checkout</strong> is down in any of 2 regions"), page);
  }

  @Test
  void listsIncidentsNewestFirst() throws IOException, InterruptedException {
    assertAnswer(200, "[]", get("/api/v1/incidents"));
    threeOutages();

    assertEquals(List.of("login-2", "checkout-eu-2", "checkout-eu-1"), ids("/api/v1/incidents"));
    assertEquals(List.of("login-2"), ids("/api/v1/incidents?service=login"));
    assertEquals(List.of("checkout-eu-1"), ids("/api/v1/incidents?state=closed"));
    assertEquals(List.of("login-2", "checkout-eu-2"), ids("/api/v1/incidents?state=open"));
    assertEquals(List.of("login-2"), ids("/api/v1/incidents?limit=1"));
    assertEquals(List.of(), ids("/api/v1/incidents?service=login&state=closed&limit=1000"));
  }

  @Test
  void tellsOfOneIncident() throws IOException, InterruptedException {
    threeOutages();
    HttpResponse<String> answer = get("/api/v1/incidents/checkout-eu-1");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().startsWith("{\"id\":\"checkout-eu-1\""), answer.body());

    assertAnswer(
        404,
        "{\"error\":\"no incident `checkout eu`\",\"write\":\"an id that /api/v1/incidents"
            + " lists\"}",
        get("/api/v1/incidents/checkout%20eu"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limit=0          | bad limit `0`                | a whole number from 1 to 1000
          limit=1001       | bad limit `1001`             | a whole number from 1 to 1000
          limit=           | bad limit ``                 | a whole number from 1 to 1000
          limit=ten        | bad limit `ten`              | a whole number from 1 to 1000
          limit=99999999999 | bad limit `99999999999`     | a whole number from 1 to 1000
          state=opened     | unknown state `opened`       | open or closed
          service=chekout  | unknown service `chekout`    | checkout or login
          since=90d        | unknown parameter `since`    | service, state or limit
          limit=1&limit=2  | `limit` is given twice       | it once
          """)
  void saysWhatToWriteInstead(String query, String error, String write)
      throws IOException, InterruptedException {
    assertAnswer(
        400,
        "{\"error\":\"%s\",\"write\":\"%s\"}".formatted(error, write),
        get("/api/v1/incidents?" + query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api",
        "/metrics/x",
        "/-/",
        "/api/v1/incidents/a/b",
        "/page.css",
        "/..%2f..%2fetc/passwd"
      })
  void listsThePathsWhenOneIsUnknown(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertEquals(404, answer.statusCode(), answer.body());
    assertTrue(answer.body().startsWith("{\"error\":\"no such path `"), answer.body());
    assertTrue(
        answer
            .body()
            .endsWith(
                "\"paths\":[\"/\",\"/incidents/ID\",\"/metrics\",\"/-/healthy\",\"/-/ready\",\"/api/v1/status\",\"/api/v1/services\",\"/api/v1/dns\","
                    + "\"/api/v1/incidents\",\"/api/v1/incidents/ID\",\"/api/v1/claims\","
                    + "\"/api/v1/webhooks/alertmanager\",\"/api/v1/webhooks/pagerduty\"]}"),
        answer.body());
  }

  @Test
  void allowsReadingOnly() throws IOException, InterruptedException {
    HttpRequest request = request("/api/v1/status").DELETE().build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

    assertAnswer(405, "{\"error\":\"DELETE is not allowed\",\"write\":\"GET\"}", answer);
    assertEquals("GET, HEAD", header(answer, "Allow"));
  }

  @Test
  void refusesABodyWithoutReadingIt() throws IOException, InterruptedException {
    HttpRequest request = request("/").method("GET", BodyPublishers.ofString("x")).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

    assertAnswer(
        413,
        "{\"error\":\"this request must not have a body\",\"write\":\"a request without one\"}",
        answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/-/healthy", "/api/v1/status", "/nothing"})
  void answersHeadLikeGetWithoutTheBody(String path) throws IOException, InterruptedException {
    HttpResponse<String> get = get(path);
    HttpResponse<String> head = client.send(request(path).HEAD().build(), BodyHandlers.ofString());

    assertEquals(get.statusCode(), head.statusCode());
    assertEquals("", head.body());
    assertEquals(get.headers(), head.headers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/-/ready", "/api/v1/status", "/nothing"})
  void letsBrowsersDoNothingElse(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals("no-store", header(answer, "Cache-Control"));
    assertEquals("no-referrer", header(answer, "Referrer-Policy"));
    assertTrue(header(answer, "Content-Security-Policy").startsWith("default-src 'none'; "));
  }

  @Test
  void refusesMalformedRequests() throws IOException {
    assertEquals("400 Bad Request", raw("nonsense"));
    assertEquals("400 Bad Request", raw("GET /api/v1/incidents?limit=%zz HTTP/1.1"));
    assertEquals("414 Request-URI Too Long", raw("GET /" + "x".repeat(5000) + " HTTP/1.1"));
    assertEquals(
        "431 Request Header Fields Too Large", raw("GET / HTTP/1.1\r\nX: " + "x".repeat(10_000)));
  }

  @Test
  void tellsWhatIsKnownOfTheNamesThatAreFollowed() throws IOException, InterruptedException {
    assertEquals(
        "[{\"name\":\"shop.example\",\"question\":\"shop.example A\",\"changing\":false,"
            + "\"records\":[\"192.0.2.1\"],\"eta\":null,"
            + "\"caches\":{\"certain\":1,\"possible\":1,\"all\":1},"
            + "\"resolvers\":{\"certain\":1,\"possible\":1,\"all\":1},\"users\":null,"
            + "\"servers\":[{\"server\":\"ns\",\"authority\":true,"
            + "\"asked\":\"2026-01-01T00:00:50.000Z\",\"records\":[\"192.0.2.1\"],\"ttl\":60,"
            + "\"verdicts\":[]},{\"server\":\"office\",\"authority\":false,\"asked\":null,"
            + "\"records\":null,\"ttl\":null,\"verdicts\":[{\"verdict\":\"unknown\","
            + "\"text\":\"has not been seen long enough to be judged\"}]}]}]",
        get("/api/v1/dns").body());
  }

  @Test
  void aSourceThatFailsIsAnAnswerToo() throws IOException, InterruptedException {
    Sources sources = world.sources();
    Sources failing =
        new Sources(
            sources.vantage(),
            sources.version(),
            sources.clock(),
            sources.started(),
            sources.objectives(),
            () -> {
              throw new IllegalStateException("secret");
            },
            sources.incidents(),
            sources.failed(),
            sources.expected(),
            sources.dns(),
            sources.intake(),
            sources.ready(),
            sources.metrics());
    try (WebServer broken = WebServer.start(ANY_PORT, failing)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + broken.port() + "/api/v1/status"))
              .build();
      assertAnswer(
          500,
          "{\"error\":\"the agent failed to answer; its log says why\",\"write\":\"the same"
              + " again\"}",
          client.send(request, BodyHandlers.ofString()));
    }
  }

  @Test
  void saysWhichAddressIsInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress taken = (InetSocketAddress) other.getLocalSocketAddress();
      IOException refusal =
          assertThrows(IOException.class, () -> WebServer.start(taken, world.sources()));
      assertEquals(
          "127.0.0.1:%d is in use, perhaps by another agent; stop it, or choose another address with `agent.listen` or `--listen`"
              .formatted(taken.getPort()),
          refusal.getMessage());
    }
  }

  @Test
  void saysWhichAddressIsNotOurs() {
    InetSocketAddress foreign = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 9844);
    IOException refusal =
        assertThrows(IOException.class, () -> WebServer.start(foreign, world.sources()));
    assertEquals(
        "cannot listen on 192.0.2.1:9844: Cannot assign requested address; choose another address"
            + " with `agent.listen` or `--listen`",
        refusal.getMessage());

    InetSocketAddress unknown = InetSocketAddress.createUnresolved("agent.invalid", 9844);
    assertEquals(
        "cannot find the address of `agent.invalid`; write an IP address",
        assertThrows(IOException.class, () -> WebServer.start(unknown, world.sources()))
            .getMessage());
  }

  @Test
  void freesItsPortWhenClosed() throws IOException {
    int port = server.port();
    server.close();
    server =
        WebServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), world.sources());
    assertEquals(port, server.port());
  }

  @Test
  void showsWhatIsOpen() throws IOException, InterruptedException {
    threeOutages();
    HttpResponse<String> answer = get("/");

    assertEquals(200, answer.statusCode());
    assertEquals("text/html; charset=utf-8", header(answer, "Content-Type"));
    assertTrue(answer.body().contains("<title>2 open · Allclear</title>"));
    assertTrue(
        answer
            .body()
            .contains("not verified for <strong>50.5s (50.0s to 51.0s)</strong> of 2m00s"));
    assertTrue(answer.body().contains("<progress max=\"120000\" value=\"50000\">"));
    assertTrue(answer.body().contains("<td>10.0s (9.0s to 11.0s)</td><td>18s</td>"), answer.body());
    assertTrue(answer.body().contains("2m00s from onset: <span class=\"met\">met</span>"));
  }

  @Test
  void roundsBoundsOutwards() throws IOException, InterruptedException {
    world.isDownAtFirstLook(World.CHECKOUT, "checkout-eu-1");

    String status = get("/api/v1/status").body();
    String onset =
        "{\"earliest\":\"1970-01-01T00:00:00.000Z\",\"likely\":\"2026-01-01T00:00:09.000Z\","
            + "\"latest\":\"2026-01-01T00:00:10.001Z\"}";
    assertTrue(status.contains("\"since\":" + onset), status);
    assertTrue(get("/api/v1/incidents/checkout-eu-1").body().contains("\"onset\":" + onset));
    String page = get("/").body();
    assertTrue(page.contains("onset 2026-01-01 before 00:00:10.001 "), page);
  }

  @Test
  void showsTimesWithinTheirBounds() throws IOException, InterruptedException {
    threeOutages();
    String page = get("/").body();
    String onset = "2026-01-01 00:00:09.500 (00:00:09.000 to 00:00:10.000)";
    assertTrue(page.contains("<td>" + onset + "</td>"), page);
    assertTrue(page.contains("<li>" + onset + " home: 503</li>"), page);
    assertTrue(page.contains("<li>2026-01-01 00:00:12.000 down: home</li>"), page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"style", "script"})
  void permitsItsOwnStyleAndScriptOnly(String tag)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    HttpResponse<String> answer = get("/");
    String page = answer.body();
    String inline =
        page.substring(
            page.indexOf("<" + tag + ">") + tag.length() + 2, page.indexOf("</" + tag + ">"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));

    String permitted =
        "%s-src 'sha256-%s';".formatted(tag, Base64.getEncoder().encodeToString(hash));
    String policy = header(answer, "Content-Security-Policy");
    assertTrue(policy.contains(permitted), policy);
  }

  @Test
  void escapesWhatServicesSay() throws IOException, InterruptedException {
    world.breaks(World.CHECKOUT, "a\"b<i>", "<script>alert('x')</script> & \"more\"");
    String page = get("/").body();

    assertFalse(page.contains("<script>alert"));
    assertFalse(page.contains("<i>"));
    assertTrue(
        page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;"));
    assertTrue(page.contains("href=\"/incidents/a%22b%3Ci%3E\">a&quot;b&lt;i&gt;</a>"));
  }

  @Test
  void showsTheFailuresOfAnIncident() throws IOException, InterruptedException {
    world.breaks(World.CHECKOUT, "checkout-eu-1", "503");
    HttpResponse<String> answer = get("/incidents/checkout-eu-1");
    String page = answer.body();

    assertEquals(200, answer.statusCode());
    assertEquals("text/html; charset=utf-8", header(answer, "Content-Type"));
    assertTrue(header(answer, "Content-Security-Policy").startsWith("default-src 'none'"));
    assertTrue(page.contains("7 runs failed; the first of each kind:"), page);
    assertTrue(page.contains("00:00:11.000 <strong>buy, pay</strong>: status 503 (status)"), page);
    assertTrue(page.contains("<p class=\"fail\">✗ status 2xx: 503</p>"), page);
    assertTrue(page.contains("<pre>GET /till\n\n</pre>"), page);
    assertTrue(
        page.contains(
            "<pre>h2 503\nX-Say: &lt;b&gt;hi&lt;/b&gt;\n\n"
                + "&lt;script&gt;alert(&#39;checkout-eu-1&#39;)&lt;/script&gt;\n(and more)</pre>"),
        page);
    assertAnswer(
        404,
        "{\"error\":\"no incident `x`\",\"write\":\"an id that /api/v1/incidents lists\"}",
        get("/incidents/x"));
  }

  @Test
  void showsClaimsAndWhatCannotBeRightOfThem() throws IOException, InterruptedException {
    world.breaks(World.CHECKOUT, "checkout-eu-1", "503");
    Claim claim =
        new Claim(
            "k",
            "<b>eve",
            Bounds.at(World.at(20)),
            new Said.StepFinished("drain", Said.Mode.AUTO, Said.Result.OK, ""));
    Told told = new Told(List.of(World.CHECKOUT), "", claim);
    assertEquals(1, world.sources().intake().hear().apply(List.of(told)).size());

    String page = get("/incidents/checkout-eu-1").body();
    assertTrue(
        page.contains("<li>00:00:20.000 &lt;b&gt;eve says: step `drain` ok (auto)</li>"), page);
    assertTrue(
        page.contains(
            "<h2>What cannot all be right</h2><ul><li>step `drain` ok (auto): nobody said that it"
                + " began</li></ul>"),
        page);
  }

  @Test
  void tellsTheFailuresOfOneIncidentOnly() throws IOException, InterruptedException {
    world.breaks(World.CHECKOUT, "checkout-eu-1", "503");

    String incident = get("/api/v1/incidents/checkout-eu-1").body();
    assertTrue(
        incident.endsWith(
            "\"failures\":{\"runs\":7,\"kept\":[{\"at\":\"2026-01-01T00:00:11.000Z\",\"probe\":\"buy\",\"step\":\"pay\",\"cause\":\"status\",\"detail\":\"status"
                + " 503\",\"evidence\":{\"request\":{\"line\":\"GET"
                + " /till\",\"headers\":[],\"moreHeaders\":0,\"body\":\"\",\"cut\":false},\"answer\":{\"line\":\"h2"
                + " 503\","
                + "\"headers\":[{\"name\":\"X-Say\",\"value\":\"<b>hi</b>\"}],\"moreHeaders\":0,"
                + "\"body\":\"<script>alert('checkout-eu-1')</script>\",\"cut\":true},\"checks\":[{\"expected\":\"status"
                + " 2xx\",\"actual\":\"503\",\"holds\":false}]}}]}}"),
        incident);
    assertFalse(get("/api/v1/incidents").body().contains("failures"));
  }

  private void threeOutages() {
    world.breaks(World.CHECKOUT, "checkout-eu-1", "503");
    world.recovers(World.CHECKOUT);
    world.breaks(World.CHECKOUT, "checkout-eu-2", "503");
    world.breaks(World.LOGIN, "login-2", "503");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private List<String> ids(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return Pattern.compile("\"id\":\"([^\"]+)\"")
        .matcher(answer.body())
        .results()
        .map(id -> id.group(1))
        .toList();
  }

  /// The status line, without the protocol.
  private String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request = head + "\r\nHost: agent\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      // No further: what the server has not read when it closes resets the connection.
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return line.substring(line.indexOf(' ') + 1);
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static void assertAnswer(int status, String body, HttpResponse<String> answer) {
    assertEquals(body, answer.body());
    assertEquals(status, answer.statusCode());
  }
}
