package dev.allclear.probes.journey;

import static dev.allclear.probes.Outcome.pass;
import static dev.allclear.probes.journey.Trial.failed;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.http;
import static dev.allclear.probes.journey.Trial.post;
import static dev.allclear.probes.journey.Trial.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.template.Template;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TokenTest {

  private static final Grant.Right CLIENT = new Grant.Right.ClientCredentials();

  private final MockWebServer id = new MockWebServer();
  private final MockWebServer shop = new MockWebServer();

  /// How long after the beginning it is.
  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

  private final Moment begin = Trial.CLOCK.now();
  private final Clock clock = () -> begin.plus(later.get());

  @BeforeEach
  void start() throws IOException {
    Trial.start(id);
    Trial.start(shop);
  }

  @AfterEach
  void stop() {
    id.close();
    shop.close();
  }

  private String tokenUrl() {
    return "http://id.example:" + id.getPort() + "/token";
  }

  private TokenSource source(Grant.Right right, @Nullable String secret, boolean basic) {
    return TokenSource.of(
        new Grant(
            "shop",
            template(tokenUrl()),
            right,
            new Grant.Client(template("probe:1"), secret == null ? null : template(secret), basic),
            template("read write")));
  }

  private TokenSource source(Grant.Right right) {
    return source(right, "s3cr3t/+", true);
  }

  private Trial.Draft order(TokenSource source) {
    return get("http://shop.example:" + shop.getPort() + "/").as(new Auth.OAuth2(source));
  }

  private Observation run(Trial.Draft draft) {
    return run(draft, Duration.ofMinutes(2));
  }

  private Observation run(Trial.Draft draft, Duration deadline) {
    Journey journey = Journey.of("checkout", deadline, List.of(draft.named("order")));
    return Trial.run(new JourneyProbe(journey, Depth.DEEP, clock, Trial.LOOPBACK));
  }

  private static void answer(MockWebServer server, int status, String json) {
    server.enqueue(new MockResponse.Builder().code(status).body(json).build());
  }

  private void token(String value, String rest) {
    answer(
        id, 200, "{\"access_token\": \"%s\", \"token_type\": \"bearer\"%s}".formatted(value, rest));
  }

  private String authorization() throws InterruptedException {
    return String.valueOf(shop.takeRequest().getHeaders().get("Authorization"));
  }

  private static String text(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }

  private static List<String> names(Observation seen) {
    return seen.steps().stream().map(StepRun::name).toList();
  }

  @Test
  void tellsTheServerWhatElseItWantsToKnow() throws InterruptedException {
    token("tok-1", "");
    answer(shop, 200, "");
    Grant grant = source(CLIENT).grant();
    Map<String, Template> parameters =
        Map.of("audience", template("https://shop.example/api?${env:SHORT}"));
    Grant known =
        new Grant("shop", grant.url(), grant.right(), grant.client(), grant.scope(), parameters);
    Observation seen = run(order(TokenSource.of(known)));

    assertEquals(pass(), seen.outcome());
    assertEquals(
        "grant_type=client_credentials&scope=read+write"
            + "&audience=https%3A%2F%2Fshop.example%2Fapi%3Fabc",
        text(id.takeRequest()));
  }

  @Test
  void asksWithTheClientsCredentials() throws InterruptedException {
    token("tok-1", "");
    answer(shop, 200, "");
    Observation seen = run(order(source(CLIENT)));
    assertEquals(pass(), seen.outcome());
    assertEquals(List.of("token shop", "order"), names(seen));
    assertEquals("POST " + tokenUrl(), http(seen, 0).request());
    RecordedRequest asked = id.takeRequest();
    // RFC 6749 section 2.3.1: base64 of "probe%3A1:s3cr3t%2F%2B".
    assertEquals("Basic cHJvYmUlM0ExOnMzY3IzdCUyRiUyQg==", asked.getHeaders().get("Authorization"));
    assertEquals("grant_type=client_credentials&scope=read+write", text(asked));
    assertEquals("application/json", asked.getHeaders().get("Accept"));
    assertEquals("Bearer tok-1", authorization());
    assertEquals(http(seen, 1).trace(), http(seen, 0).trace());
  }

  @Test
  void theClientMayIdentifyItselfInTheForm() throws InterruptedException {
    token("tok-1", "");
    answer(shop, 200, "");
    run(order(source(CLIENT, "s3cr3t/+", false)));
    RecordedRequest asked = id.takeRequest();
    assertEquals(
        "grant_type=client_credentials&scope=read+write"
            + "&client_id=probe%3A1&client_secret=s3cr3t%2F%2B",
        text(asked));
    assertEquals(null, asked.getHeaders().get("Authorization"));
  }

  @Test
  void asksWithAPassword() throws InterruptedException {
    token("tok-1", "");
    answer(shop, 200, "");
    Grant.Right right =
        new Grant.Right.Password(template("${env:PROBE_USER}"), template("${env:PROBE_PASSWORD}"));
    assertEquals(pass(), run(order(source(right, null, true))).outcome());
    assertEquals(
        "grant_type=password&username=mara%40shop.example"
            + "&password=p%26ss+%22w0rd%22%2F%C3%BC&scope=read+write&client_id=probe%3A1",
        text(id.takeRequest()));
  }

  @Test
  void aNewRefreshTokenIsUsedTheNextTime() throws InterruptedException {
    TokenSource source = source(new Grant.Right.RefreshToken(template("first-one")), null, true);
    token("tok-1", ", \"expires_in\": 60, \"refresh_token\": \"second-one\"");
    token("tok-2", ", \"expires_in\": 60");
    answer(id, 400, "{\"error\": \"invalid_grant\"}");
    token("tok-4", "");
    answer(shop, 200, "");
    answer(shop, 200, "");
    answer(shop, 200, "");
    assertEquals(pass(), run(order(source)).outcome());
    later.set(Duration.ofMinutes(1));
    assertEquals(pass(), run(order(source)).outcome());
    later.set(Duration.ofMinutes(2));
    assertEquals(
        failed(Cause.STATUS, "token from " + tokenUrl() + ": status 400 invalid_grant"),
        run(order(source)).outcome());
    assertEquals(pass(), run(order(source)).outcome());
    for (String expected : List.of("first-one", "second-one", "second-one", "first-one")) {
      assertEquals(
          "grant_type=refresh_token&refresh_token=%s&scope=read+write&client_id=probe%%3A1"
              .formatted(expected),
          text(id.takeRequest()));
    }
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItExpires() throws InterruptedException {
    TokenSource source = source(CLIENT);
    token("tok-1", ", \"expires_in\": 3600");
    token("tok-2", ", \"expires_in\": \"100\"");
    token("tok-3", "");
    IntStream.range(0, 6).forEach(_ -> answer(shop, 200, ""));
    run(order(source));
    later.set(Duration.ofSeconds(3560));
    assertEquals(List.of("order"), names(run(order(source))));
    later.set(Duration.ofSeconds(3571));
    assertEquals(List.of("token shop", "order"), names(run(order(source))));
    later.set(Duration.ofSeconds(3571 + 85));
    assertEquals(List.of("order"), names(run(order(source))));
    later.set(Duration.ofSeconds(3571 + 91));
    assertEquals(List.of("token shop", "order"), names(run(order(source))));
    later.set(Duration.ofDays(300));
    assertEquals(List.of("order"), names(run(order(source))));
    for (String token : List.of("tok-1", "tok-1", "tok-2", "tok-2", "tok-3", "tok-3")) {
      assertEquals("Bearer " + token, authorization());
    }
  }

  @Test
  void aCachedTokenThatIsRefusedIsReplacedOnce() throws InterruptedException {
    TokenSource source = source(CLIENT);
    token("tok-1", "");
    token("tok-2", "");
    answer(shop, 200, "");
    answer(shop, 401, "");
    answer(shop, 200, "");
    run(order(source));
    Observation seen = run(order(source));
    assertEquals(pass(), seen.outcome());
    assertEquals(List.of("order", "token shop", "order"), names(seen));
    assertEquals(
        Outcome.inconclusive("status 401: the cached access token was refused; sent again"),
        seen.steps().getFirst().outcome());
    for (String token : List.of("tok-1", "tok-1", "tok-2")) {
      assertEquals("Bearer " + token, authorization());
    }
  }

  @Test
  void aNewTokenThatIsRefusedFailsTheStep() {
    TokenSource source = source(CLIENT);
    token("tok-1", "");
    token("tok-2", "");
    answer(shop, 401, "");
    answer(shop, 401, "");
    answer(shop, 401, "");
    Outcome refused = failed(Cause.STATUS, "status 401, expected 200-299");
    assertEquals(refused, run(order(source)).outcome());
    assertEquals(1, id.getRequestCount());
    assertEquals(refused, run(order(source)).outcome());
    assertEquals(2, id.getRequestCount());
    assertEquals(3, shop.getRequestCount());
  }

  @Test
  void anExpectedRefusalIsNoReasonToAskAgain() {
    TokenSource source = source(CLIENT);
    token("tok-1", "");
    answer(shop, 401, "");
    answer(shop, 401, "");
    Trial.Draft refused = order(source).expect(Expectation.status("401"));
    assertEquals(pass(), run(refused).outcome());
    assertEquals(pass(), run(refused).outcome());
    assertEquals(1, id.getRequestCount());
  }

  @Test
  void aTokenEndpointThatFailsIsTheStepThatFails() {
    TokenSource source = source(CLIENT);
    answer(id, 401, "{\"error\": \"invalid_client\"}");
    Observation seen = run(order(source));
    assertEquals(
        failed(Cause.STATUS, "token from " + tokenUrl() + ": status 401 invalid_client"),
        seen.outcome());
    assertEquals(List.of("token shop", "order"), names(seen));
    assertEquals("token shop", seen.failedStep().orElseThrow().name());
    assertEquals(seen.outcome(), seen.steps().getLast().outcome());
    assertEquals(Reply.nothing(), seen.steps().getLast().reply());
    assertEquals(0, shop.getRequestCount());
    answer(id, 400, "{\"error\": \"invalid_scope\", \"error_description\": \"no such scope\"}");
    assertFails(source, Cause.STATUS, "status 400 invalid_scope (no such scope)");
    answer(id, 503, "<html>");
    assertFails(source, Cause.STATUS, "status 503");
    answer(id, 200, "<html>");
    assertFails(source, Cause.EXTRACT, "the answer is no JSON");
    answer(id, 200, "{\"error\": \"slow_down\"}");
    assertFails(source, Cause.EXTRACT, "no access_token in the answer: slow_down");
    answer(id, 200, "{\"access_token\": null}");
    assertFails(source, Cause.EXTRACT, "no access_token in the answer");
    answer(id, 200, "{\"access_token\": \"tok\\n1\"}");
    assertFails(source, Cause.EXTRACT, "the access_token cannot be sent in a header");
    answer(id, 200, "{\"access_token\": \"tok-1\", \"token_type\": \"mac\"}");
    assertFails(source, Cause.EXTRACT, "token_type is \"mac\", expected \"Bearer\"");
    id.enqueue(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
    assertFails(source, Cause.PROTOCOL, "connection closed without an answer");
  }

  private void assertFails(TokenSource source, Cause cause, String reason) {
    assertEquals(
        failed(cause, "token from " + tokenUrl() + ": " + reason), run(order(source)).outcome());
  }

  @Test
  void aTokenEndpointThatDoesNotAnswerTakesTheStepsTime() {
    id.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertEquals(
        failed(
            Cause.TIMEOUT,
            "token from " + tokenUrl() + ": no answer within 3s (connected, request sent)"),
        run(order(source(CLIENT)).within(Duration.ofSeconds(3))).outcome());
  }

  @Test
  void aTokenEndpointThatIsNotThereIsNamed() throws IOException {
    TokenSource source = source(CLIENT);
    int port = id.getPort();
    id.close();
    assertEquals(
        failed(
            Cause.CONNECT,
            "token from http://id.example:%d/token: cannot connect to 127.0.0.1:%d: Connection refused"
                .formatted(port, port)),
        run(order(source)).outcome());
  }

  @Test
  void runsAtOnceFetchOneToken() {
    TokenSource source = source(CLIENT);
    CountDownLatch asked = new CountDownLatch(1);
    id.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            asked.await();
            return new MockResponse.Builder().body("{\"access_token\": \"tok-1\"}").build();
          }
        });
    IntStream.range(0, 8).forEach(_ -> answer(shop, 200, ""));
    List<CompletableFuture<Observation>> runs =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(() -> run(order(source)), Thread.ofVirtual()::start))
            .toList();
    asked.countDown();
    for (CompletableFuture<Observation> run : runs) {
      assertEquals(pass(), run.join().outcome());
    }
    assertEquals(1, id.getRequestCount());
    assertEquals(8, shop.getRequestCount());
  }

  @Test
  void aRunThatWaitsInVainSaysSo() throws InterruptedException {
    TokenSource source = source(CLIENT);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    id.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            asked.countDown();
            answered.await();
            return new MockResponse.Builder().body("{\"access_token\": \"tok-1\"}").build();
          }
        });
    answer(shop, 200, "");
    CompletableFuture<Observation> first =
        CompletableFuture.supplyAsync(() -> run(order(source)), Thread.ofVirtual()::start);
    asked.await();
    Observation second = run(order(source).within(Duration.ofMillis(100)));
    answered.countDown();
    assertEquals(pass(), first.join().outcome());
    assertEquals(
        failed(Cause.TIMEOUT, "token shop: another run has waited for it longer than 0.1s"),
        second.outcome());
    assertEquals(Reply.nothing(), second.steps().getFirst().reply());
  }

  @Test
  void nothingSecretIsShown() {
    token("tok-4711", ", \"refresh_token\": \"next-4711\"");
    answer(shop, 500, "tok-4711 next-4711");
    Grant.Right right = new Grant.Right.Password(template("mara"), template("pass-4711"));
    Observation seen =
        run(
            order(source(right, "client-4711", true))
                .expect(Expectation.contains(template("next-4711 pass-4711 client-4711"))));
    assertEquals(
        failed(Cause.STATUS, "status 500, expected 200-299; body does not contain \"*** *** ***\""),
        seen.outcome());
    assertFalse(seen.toString().contains("4711"), seen::toString);
  }

  @Test
  void whatTheEndpointRefusesIsNotShownEither() {
    answer(id, 400, "{\"error\": \"invalid_grant\", \"error_description\": \"pass-4711?\"}");
    Grant.Right right = new Grant.Right.Password(template("mara"), template("pass-4711"));
    Observation seen = run(order(source(right, "client-4711", false)));
    assertEquals(
        failed(Cause.STATUS, "token from " + tokenUrl() + ": status 400 invalid_grant (***?)"),
        seen.outcome());
    assertFalse(seen.toString().contains("4711"), seen::toString);
    assertTrue(seen.steps().getFirst().evidence() != null);
  }

  @Test
  void anyMethodIsSentAgainSinceARefusedOneDidNothing() {
    TokenSource source = source(CLIENT);
    token("tok-1", "");
    token("tok-2", "");
    answer(shop, 201, "");
    answer(shop, 401, "");
    answer(shop, 201, "");
    Trial.Draft pay =
        post("http://shop.example:" + shop.getPort() + "/").as(new Auth.OAuth2(source));
    assertEquals(pass(), run(pay).outcome());
    assertEquals(pass(), run(pay).outcome());
    assertEquals(3, shop.getRequestCount());
  }
}
