package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.http;
import static dev.allclear.probes.journey.Trial.template;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Label;
import dev.allclear.probes.expect.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an answer says of who gave it.
final class LabelsTest {

  private static final Map<Label, Source> LABELS =
      Map.of(
          Label.SERVED_BY, Source.header("X-Served-By"), Label.VERSION, Source.json("$.version"));

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void enqueue(int status, String servedBy, String body) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("X-Served-By", servedBy)
            .body(body)
            .build());
  }

  private Step step() {
    return get("http://shop.example:" + server.getPort() + "/").step().labelling(LABELS);
  }

  @Test
  void areKeptWithTheAnswer() {
    enqueue(200, "eu-1", "{\"version\": \"1.4.2\"}");

    assertEquals(new Reply.Labels("eu-1", "1.4.2"), http(Trial.run(step()), 0).labels());
  }

  @Test
  void areKeptWithAnAnswerThatFails() {
    enqueue(503, "eu-1", "closed");
    Observation seen =
        Trial.run(
            step().expecting(List.of(new Expectation.Labelled(Label.VERSION, template("1.4.2")))));

    assertEquals(
        Outcome.fail(
            Cause.STATUS, "status 503, expected 200-299; version is missing, expected \"1.4.2\""),
        seen.outcome());
    assertEquals(new Reply.Labels("eu-1", ""), http(seen, 0).labels());
  }

  @Test
  void neverShowSecrets() {
    enqueue(200, "eu", "{\"version\": \"0123456789abcdefghijklmnopqrstuvwxyz\"}");
    Step secret =
        get("http://shop.example:" + server.getPort() + "/")
            .header("X-Key", "${env:LONG}")
            .step()
            .labelling(LABELS);

    assertEquals(new Reply.Labels("eu", "***"), http(Trial.run(secret), 0).labels());
  }

  @Test
  void withoutSourcesThereAreNone() {
    enqueue(200, "eu-1", "");
    Step plain = get("http://shop.example:" + server.getPort() + "/").step();

    assertEquals(Reply.Labels.NONE, http(Trial.run(plain), 0).labels());
  }
}
