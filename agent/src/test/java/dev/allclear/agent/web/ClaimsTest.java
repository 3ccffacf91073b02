package dev.allclear.agent.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `POST /api/v1/claims`, at a minute after the start of 2026.
final class ClaimsTest {
  private final World world = new World();
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = WebServer.start(any, world.sources());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void acceptsWhatIsWrittenDown() throws IOException, InterruptedException {
    assertAnswer(
        202,
        "{\"type\":\"dns-changed\",\"name\":\"shop.example\","
            + "\"at\":\"2026-01-01T00:00:30.000Z\",\"actor\":\"deploy-42\"}",
        claim(
            "{\"type\":\"dns-changed\",\"name\":\"shop.example\","
                + "\"at\":\"2026-01-01T01:00:30+01:00\",\"actor\":\" deploy-42\"}"));
    assertEquals(
        List.of(new DnsClaim("shop.example", World.at(30).wall(), "deploy-42")), world.claims());
  }

  @Test
  void takesNowForATimeThatIsNotSaidOrIsJustAhead() throws IOException, InterruptedException {
    String answer =
        "{\"type\":\"dns-changed\",\"name\":\"shop.example\","
            + "\"at\":\"2026-01-01T00:01:00.000Z\",\"actor\":null}";

    assertAnswer(202, answer, claim("{\"type\":\"dns-changed\",\"name\":\"Shop.Example.\"}"));
    assertAnswer(202, answer, claim(at("2026-01-01T00:01:01Z")));
    assertEquals(
        List.of(
            new DnsClaim("shop.example", World.at(60).wall(), ""),
            new DnsClaim("shop.example", World.at(60).wall(), "")),
        world.claims());
  }

  /// With single quotes for double ones.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          []                                     | not a JSON object | {'type':'dns-changed','name':'shop.example'}
          {}                                     | type is missing | {'type':'dns-changed','name':'shop.example'}
          {'type':7}                             | type is not a string | {'type':'dns-changed','name':'shop.example'}
          {'type':'dns-chnged'}                  | unknown type `dns-chnged` | `dns-changed`
          {'type':'dns-changed'}                 | name is missing | {'type':'dns-changed','name':'shop.example'}
          {'type':'dns-changed','nam':'x'}       | unknown member `nam` | did you mean `name`?
          {'type':'dns-changed','name':'shop.example','at':'noon'} | `noon` is not an instant | it as 2026-01-31T12:03:40Z
          {'type':'dns-changed','name':'shop.example','at':'2026-01-01T00:01:01.001Z'} | `2026-01-01T00:01:01.001Z` is yet to come | when it was changed
          {'type':'dns-changed','name':'shop.example','at':'2025-12-31T23:00:59.999Z'} | `2025-12-31T23:00:59.999Z` is more than an hour ago | a change of the last hour
          {'type':'dns-changed','name':'shop.example','actor':'a\\nb'} | bad actor | at most 100 characters on one line, as deploy-42
          """)
  void saysWhatIsWrong(String body, String error, String write)
      throws IOException, InterruptedException {
    assertAnswer(400, refusal(error, write), claim(body.replace('\'', '"')));
    assertEquals(List.of(), world.claims());
  }

  @ParameterizedTest
  @CsvSource({
    "shop.exmple, did you mean `shop.example`?",
    "other.test, write one of: shop.example",
  })
  void suggestsTheNamesThatAreFollowed(String name, String write)
      throws IOException, InterruptedException {
    assertAnswer(
        404,
        refusal("no name `" + name + "` is followed", write),
        claim("{\"type\":\"dns-changed\",\"name\":\"" + name + "\"}"));
  }

  @Test
  void saysWhatIsNotJson() throws IOException, InterruptedException {
    HttpResponse<String> answer = claim("type=dns-changed");

    assertEquals(400, answer.statusCode());
    assertEquals(
        "{\"error\":\"not JSON: ", answer.body().substring(0, "{\"error\":\"not JSON: ".length()));
  }

  @Test
  void readsNoMoreThanAClaimNeeds() throws IOException, InterruptedException {
    String refusal = refusal("the claim is too long", "at most 4096 bytes");
    String body = " ".repeat(4097);

    assertAnswer(413, refusal, claim(body));
    HttpRequest chunked =
        json().POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body))).build();
    assertAnswer(413, refusal, client.send(chunked, BodyHandlers.ofString()));
  }

  @Test
  void isNoWayInForAWebPage() throws IOException, InterruptedException {
    HttpRequest page =
        json()
            .header("Origin", "http://evil.example")
            .POST(BodyPublishers.ofString(at("2026-01-01T00:00:30Z")))
            .build();
    HttpRequest form = request().POST(BodyPublishers.ofString(at("2026-01-01T00:00:30Z"))).build();

    assertAnswer(
        403,
        refusal("a web page may not claim", "no Origin"),
        client.send(page, BodyHandlers.ofString()));
    assertAnswer(
        415,
        refusal("a claim is JSON", "the header Content-Type: application/json"),
        client.send(form, BodyHandlers.ofString()));
    assertEquals(List.of(), world.claims());
  }

  @Test
  void isNotRead() throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request().GET().build(), BodyHandlers.ofString());

    assertAnswer(405, refusal("GET is not allowed", "POST"), answer);
    assertEquals("POST", answer.headers().firstValue("Allow").orElseThrow());
  }

  private static String at(String time) {
    return "{\"type\":\"dns-changed\",\"name\":\"shop.example\",\"at\":\"" + time + "\"}";
  }

  private static String refusal(String error, String write) {
    String text = write.replace("'", "\\\"");
    return "{\"error\":\"" + error + "\",\"write\":\"" + text + "\"}";
  }

  private HttpRequest.Builder request() {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/claims");
    return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
  }

  private HttpRequest.Builder json() {
    return request().header("Content-Type", "application/json; charset=utf-8");
  }

  private HttpResponse<String> claim(String body) throws IOException, InterruptedException {
    return client.send(json().POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private static void assertAnswer(int status, String body, HttpResponse<String> answer) {
    assertEquals(body, answer.body());
    assertEquals(status, answer.statusCode());
  }
}
