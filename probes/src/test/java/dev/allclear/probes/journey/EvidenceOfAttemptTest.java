package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.post;
import static dev.allclear.probes.journey.Trial.run;
import static dev.allclear.probes.journey.Trial.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Evidence;
import dev.allclear.probes.Excerpt;
import dev.allclear.probes.Observation;
import dev.allclear.probes.expect.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is kept of a step: what was sent and what came back, without secrets.
final class EvidenceOfAttemptTest {

  private static final String SECRET = "p&ss \"w0rd\"/ü";

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

  private static Evidence evidence(Observation observation) {
    return Objects.requireNonNull(observation.steps().getLast().evidence());
  }

  private static Evidence.Message answer(Evidence evidence) {
    return Objects.requireNonNull(evidence.answer());
  }

  @Test
  void isTheRequestAndTheAnswerOfAFailedStep() {
    server.enqueue(
        answer(503)
            .headers(Headers.of("Content-Type", "text/plain", "Content-Length", "11"))
            .body("closed\ntill")
            .build());
    Evidence evidence =
        evidence(
            run(
                post(url("/orders?q=1"))
                    .header("X-Shop", "7")
                    .body(new Body.Text("text/plain", template("two hats")))
                    .step()));

    assertEquals("POST " + url("/orders?q=1"), evidence.request().line());
    assertEquals(
        List.of(
            "User-Agent: allclear/development",
            "X-Shop: 7",
            "Content-Type: text/plain",
            "Content-Length: 8",
            "Host: shop.example:" + server.getPort()),
        lines(evidence.request())
            .filter(line -> !line.matches("(Connection|Accept|traceparent).*"))
            .toList());
    assertEquals(new Excerpt("two hats", false), evidence.request().body());
    assertEquals("http/1.1 503 Server Error", answer(evidence).line());
    assertEquals(
        List.of("Content-Type: text/plain", "Content-Length: 11"),
        lines(answer(evidence)).toList());
    assertEquals(new Excerpt("closed\ntill", false), answer(evidence).body());
  }

  @Test
  void isKeptOfStepsThatPassOnlyIfAskedFor() {
    server.enqueue(answer(200).body("open").build());
    server.enqueue(answer(200).body("open").build());
    JourneyProbe probe = Trial.probe(Duration.ofMinutes(1), Trial.LOOPBACK, get(url("/")).step());

    assertNull(run(probe).steps().getFirst().evidence());
    assertEquals("open", answer(evidence(run(probe.withEvidenceOfAll()))).body().text());
  }

  @Test
  void isTheRequestAloneIfNothingCame() {
    server.enqueue(answer(200).onRequestStart(new SocketEffect.CloseSocket()).build());
    Evidence evidence = evidence(run(get(url("/")).step()));

    assertEquals("GET " + url("/"), evidence.request().line());
    assertNull(evidence.answer());
  }

  @Test
  void holdsNoSecret() {
    server.enqueue(
        answer(200)
            .addHeader("Set-Cookie", "session=cookie-4711; Path=/")
            .body("{\"token\": \"token-0815\"}")
            .build());
    server.enqueue(
        answer(500)
            .addHeader("X-Echo", SECRET.substring(0, 10) + " token-0815")
            .body(SECRET)
            .build());
    Evidence evidence =
        evidence(
            run(
                post(url("/login")).captureSecret("token", Source.json("$.token")).step(),
                post(url("/orders?key=${token}"))
                    .header("Authorization", "Bearer ${token}")
                    .header("X-Key", "${env:PROBE_USER}")
                    .body(new Body.Text("text/plain", template("${env:PROBE_PASSWORD} ${token}")))
                    .step()));

    assertEquals("POST " + url("/orders?key=***"), evidence.request().line());
    assertTrue(lines(evidence.request()).toList().contains("Authorization: Bearer ***"));
    assertTrue(lines(evidence.request()).toList().contains("Cookie: session=***"));
    assertTrue(lines(evidence.request()).toList().contains("X-Key: ***"));
    assertEquals("*** ***", evidence.request().body().text());
    assertEquals("***", answer(evidence).body().text());
    assertFalse(evidence.toString().contains("0815"), evidence::toString);
    assertFalse(evidence.toString().contains("4711"), evidence::toString);
  }

  /// Wherever the body is cut, by us or by the server, no part of a secret that could be told is
  /// left.
  @Test
  void showsNoPartOfASecretWhereTheBodyEnds() {
    String secret = "0123456789abcdefghijklmnopqrstuvwxyz";
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      int before = random.nextInt(i % 2 == 0 ? 300 : 9000);
      String body = ".".repeat(before) + secret + "!".repeat(random.nextInt(100));
      int sent = before + random.nextInt(secret.length() + 20);
      server.enqueue(
          answer(500)
              .body(body.substring(0, Math.min(sent, body.length())))
              .setHeader("Content-Length", body.length() + 100)
              .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
              .build());
      Evidence evidence = evidence(run(get(url("/")).header("X-Key", "${env:LONG}").step()));
      assertFalse(answer(evidence).body().text().matches("(?s).*[0-9a-z].*"), "round " + i);
    }
  }

  private static Stream<String> lines(Evidence.Message message) {
    return message.fields().stream().map(field -> field.name() + ": " + field.value());
  }
}
