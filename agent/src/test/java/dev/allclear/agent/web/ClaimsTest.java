package dev.allclear.agent.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.json.ClaimType;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Said;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
          []                                     | 0 claims at once | from 1 to 100
          7                                      | not a JSON object | {'type':'remediation-started','service':'checkout'}
          {}                                     | type is missing | {'type':'remediation-started','service':'checkout'}
          {'type':7}                             | type is not a string | {'type':'remediation-started','service':'checkout'}
          {'type':'dns-chnged'}                  | unknown type `dns-chnged` | did you mean `dns-changed`?
          {'type':'dns-changed'}                 | name is missing | {'type':'dns-changed','name':'shop.example'}
          {'type':'dns-changed','name':'shop.example','nam':'x'} | unknown member `nam` | did you mean `name`?
          {'type':'dns-changed','name':'shop.example','at':'noon'} | `noon` is not an instant | it as 2026-01-31T12:03:40Z
          {'type':'dns-changed','name':'shop.example','at':'2026-01-01T00:01:01.001Z'} | `2026-01-01T00:01:01.001Z` is yet to come | when it was changed
          {'type':'dns-changed','name':'shop.example','at':'2025-12-31T23:00:59.999Z'} | `2025-12-31T23:00:59.999Z` is more than an hour ago | a change of the last hour
          {'type':'dns-changed','name':'shop.example','actor':'a\\nb'} | bad actor | at most 100 characters on one line, as deploy-42
          {'type':'step-started','service':'checkout'} | step is missing | {'type':'step-started','service':'checkout','step':'drain eu'}
          {'type':'step-started','service':'checkout','step':' '} | step is empty | at most 500 characters on one line, as 'drain eu'
          {'type':'step-started','service':'checkout','step':7} | step is not a string | at most 500 characters on one line, as 'drain eu'
          {'type':'note','service':'checkout','text':'a\\nb'} | bad text | at most 500 characters on one line, as 'called the provider'
          {'type':'step-started','service':'checkout','step':'x','mode':'me'} | unknown mode `me` | one of: manual, auto
          {'type':'step-finished','service':'checkout','step':'x','outcome':'good'} | unknown outcome `good` | one of: ok, failed, skipped
          {'type':'restore-progress','service':'checkout','done':-1} | done is not a whole number from 0 | bytes, as 1048576
          {'type':'restore-progress','service':'checkout','done':1.5} | done is not a whole number from 0 | bytes, as 1048576
          {'type':'gauge','service':'checkout','name':'lag','value':'2'} | value is not a number | one, as 2.5
          {'type':'integrity-checked','service':'checkout','passed':'no'} | passed is not true or false | true or false
          {'type':'acknowledged'} | service is missing | {'type':'acknowledged','service':'checkout'}
          {'type':'acknowledged','service':'checkout','at':'2026-01-02T00:01:00.001Z'} | `2026-01-02T00:01:00.001Z` is more than a day ahead | when it happened
          {'type':'acknowledged','service':'checkout','at':'2024-12-01T00:00:00Z'} | `2024-12-01T00:00:00Z` is more than a year ago | when it happened
          {'type':'acknowledged','service':'checkout','error':'soon'} | `soon` is not a duration | it as 1s
          {'type':'acknowledged','service':'checkout','error':'2d'} | `2d` is more than a day | it as 1s
          {'type':'acknowledged','service':'checkout','key':''} | key is empty | one, as deploy-42-start, or leave it out
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'acknowledged','service':'chekout'} | no service `chekout` | did you mean `checkout`?
          {'type':'acknowledged','service':'checkout','region':'us'} | no region `us` of checkout | write one of: eu
          {'type':'acknowledged','incident':'x','service':'checkout'} | no incident `x` | an id that /api/v1/incidents lists
          """)
  void namesWhatIsUnknown(String body, String error, String write)
      throws IOException, InterruptedException {
    assertAnswer(404, refusal(error, write), claim(body.replace('\'', '"')));
    assertEquals(List.of(), world.said());
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() throws IOException, InterruptedException {
    assertAnswer(
        400,
        "{\"error\":\"claim 1: unknown member `stp`\",\"write\":\"did you mean `step`?\",\"more\":["
            + "{\"error\":\"claim 1: step is missing\",\"write\":"
            + "\"{\\\"type\\\":\\\"step-started\\\",\\\"service\\\":\\\"checkout\\\","
            + "\\\"step\\\":\\\"drain eu\\\"}\"},"
            + "{\"error\":\"claim 1: `noon` is not an instant\","
            + "\"write\":\"it as 2026-01-31T12:03:40Z\"},"
            + "{\"error\":\"claim 3: no service `shop`\",\"write\":"
            + "\"write one of: checkout, login\"}]}",
        claim(
            "[{\"type\":\"step-started\",\"service\":\"checkout\",\"stp\":\"x\",\"at\":\"noon\"},"
                + "{\"type\":\"acknowledged\",\"service\":\"login\"},"
                + "{\"type\":\"acknowledged\",\"service\":\"shop\"}]"));
    assertEquals(List.of(), world.said());
  }

  @Test
  void filesAClaimToTheOutageThatHoldsItsTime() throws IOException, InterruptedException {
    world.breaks(World.CHECKOUT, "checkout-eu-1", "503");

    assertAnswer(
        202,
        "{\"type\":\"step-finished\",\"step\":\"drain\",\"mode\":\"manual\",\"outcome\":\"ok\","
            + "\"detail\":\"\",\"service\":\"checkout\",\"at\":{"
            + "\"earliest\":\"2026-01-01T00:00:40.000Z\",\"likely\":\"2026-01-01T00:00:42.000Z\","
            + "\"latest\":\"2026-01-01T00:00:44.000Z\"},\"actor\":\"eve\",\"key\":\"k1\","
            + "\"status\":\"written\",\"filed\":[{\"region\":\"eu\",\"incident\":\"checkout-eu-1\"}]}",
        claim(FINISHED));
    assertEquals(1, world.said().size());
  }

  private static final String FINISHED =
      "{\"type\":\"step-finished\",\"service\":\"checkout\",\"step\":\"drain\",\"outcome\":\"ok\","
          + "\"at\":\"2026-01-01T00:00:42Z\",\"error\":\"2s\",\"actor\":\"eve\",\"key\":\"k1\"}";

  @Test
  void saidAgainIsKnownAndSomethingElseWithItsKeyIsNot() throws IOException, InterruptedException {
    claim(FINISHED);
    HttpResponse<String> again = claim(FINISHED);

    assertEquals(200, again.statusCode());
    assertEquals(true, again.body().contains("\"status\":\"known\""), again.body());
    assertAnswer(
        409,
        refusal(
            "key `k1` was used before: step `drain` ok (manual)", "another key for another claim"),
        claim(FINISHED.replace("\"drain\"", "\"fill\"")));
    assertEquals(1, world.said().size());
  }

  @Test
  void withoutAKeyTheContentAndItsTimeAreOne() throws IOException, InterruptedException {
    String note =
        "{\"type\":\"note\",\"service\":\"checkout\",\"text\":\"x\","
            + "\"at\":\"2026-01-01T00:00:42Z\"}";

    assertEquals(202, claim(note).statusCode());
    assertEquals(200, claim(note).statusCode());
    assertEquals(202, claim(note.replace(":42Z", ":43Z")).statusCode());
    assertEquals(202, claim(note.replace("\"x\"", "\"y\"")).statusCode());
    assertEquals(3, world.said().size());
  }

  @Test
  void takesTheKeyOfTheRequest() throws IOException, InterruptedException {
    String body = "{\"type\":\"acknowledged\",\"service\":\"checkout\"}";
    HttpRequest.Builder keyed = json().header("Idempotency-Key", "page-1");
    HttpRequest one = keyed.POST(BodyPublishers.ofString(body)).build();
    HttpRequest list = keyed.POST(BodyPublishers.ofString("[" + body + "]")).build();

    assertEquals(202, client.send(one, BodyHandlers.ofString()).statusCode());
    assertEquals(200, client.send(one, BodyHandlers.ofString()).statusCode());
    assertEquals(202, client.send(list, BodyHandlers.ofString()).statusCode());
    assertEquals(200, client.send(list, BodyHandlers.ofString()).statusCode());
    assertEquals(List.of("page-1", "page-1/1"), keys());
    HttpRequest both =
        keyed.POST(BodyPublishers.ofString(body.replace("}", ",\"key\":\"other\"}"))).build();
    assertAnswer(
        400,
        refusal("key and Idempotency-Key differ", "one of them"),
        client.send(both, BodyHandlers.ofString()));
  }

  private List<String> keys() {
    return world.said().stream().map(each -> ((Event.Claimed) each.event()).claim().key()).toList();
  }

  @Test
  void aClaimMayNameItsOutage() throws IOException, InterruptedException {
    world.breaks(World.CHECKOUT, "checkout-eu-1", "503");
    world.recovers(World.CHECKOUT);
    String body = "{\"type\":\"note\",\"text\":\"it was the cache\"}";

    HttpResponse<String> now = claim(body.replace("}", ",\"service\":\"checkout\"}"));
    HttpResponse<String> named = claim(body.replace("}", ",\"incident\":\"checkout-eu-1\"}"));

    String filed = "\"filed\":[{\"region\":\"eu\",\"incident\":";
    assertEquals(true, now.body().endsWith(filed + "null}]}"), now.body());
    assertEquals(true, named.body().endsWith(filed + "\"checkout-eu-1\"}]}"), named.body());
  }

  @Test
  void aChangeOfANameThatNobodyFollowsIsToldOfAService() throws IOException, InterruptedException {
    String body = "{\"type\":\"dns-changed\",\"name\":\"%s\",\"service\":\"checkout\"}";

    assertEquals(202, claim(body.formatted("www.shop.example")).statusCode());
    assertEquals(1, world.said().size());
    assertEquals(202, claim(body.formatted("shop.example")).statusCode());
    assertEquals(1, world.said().size());
    assertEquals(1, world.claims().size());
  }

  @Test
  void everyTypeIsAccepted() throws IOException, InterruptedException {
    String all =
        Stream.of(ClaimType.values())
            .map(type ->
                type == ClaimType.DNS_CHANGED
                    ? type.example().put("service", "checkout").put("name", "a.example")
                    : type.example())
            .map(JsonObject::toString)
            .collect(Collectors.joining(",", "[", "]"));

    HttpResponse<String> answer = claim(all);

    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals(
        Said.labels(),
        world.said().stream()
            .map(each -> ((Event.Claimed) each.event()).claim().said().label())
            .toList());
    assertEquals(Said.labels(), ClaimType.labels());
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
    String refusal = refusal("the claim is too long", "at most 65536 bytes");
    String body = " ".repeat(65_537);

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
