package dev.allclear.probes.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.template.Mask;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClientTest {

  private static final Clock CLOCK = () -> new Moment(Instant.now(), System.nanoTime(), 1);

  private final MockWebServer server = new MockWebServer();
  private final Client client =
      new Client(CLOCK, _ -> List.of(InetAddress.ofLiteral("127.0.0.1")), new Mask(), false);

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private Draft draft(String path) {
    return client.draft("http://shop.example:" + server.getPort() + path);
  }

  private static Transmission transmission(Client client) {
    Moment now = CLOCK.now();
    return new Transmission(client, now, Limit.from(now, Duration.ofSeconds(20)));
  }

  private Answer ask(Client asking) throws IOException {
    return transmission(asking).fetch(draft("/").asking("GET", new Content.None()), Link.DEFAULT);
  }

  private void answer(String... headers) {
    MockResponse.Builder response = new MockResponse.Builder().body("ok");
    List.of(headers).forEach(response::addHeader);
    server.enqueue(response.build());
  }

  private @Nullable String cookieThatCame() throws InterruptedException {
    return server.takeRequest().getHeaders().get("Cookie");
  }

  @Test
  void asksAndTellsWhatCameOfIt() throws IOException, InterruptedException {
    answer();
    Question question =
        draft("/carts").query("q", "a b").asking("POST", new Content.Form(Map.of("sku", "1")));
    Transmission transmission = transmission(client);
    assertEquals("ok", transmission.fetch(question, Link.DEFAULT).body().text());
    StepRun run = transmission.report("order", Outcome.pass());
    Reply.Http reply = assertInstanceOf(Reply.Http.class, run.reply());
    assertEquals(200, reply.status());
    assertEquals(
        "POST http://shop.example:%d/carts?q=a%%20b".formatted(server.getPort()), reply.request());
    assertEquals("sku=1", Objects.requireNonNull(server.takeRequest().getBody()).utf8());
  }

  @Test
  void aForkBeginsWithTheCookiesAndKeepsItsOwn() throws IOException, InterruptedException {
    answer("Set-Cookie: basket=1");
    answer("Set-Cookie: basket=2");
    answer();
    ask(client);
    try (Client fork = client.fork()) {
      ask(fork);
    }
    ask(client);
    assertEquals(null, cookieThatCame());
    assertEquals("basket=1", cookieThatCame());
    assertEquals("basket=1", cookieThatCame());
  }

  @Test
  void aSocketThatIsRefusedIsNotOpen() throws IOException {
    answer();
    Transmission transmission = transmission(client);
    Question question = client.draft("ws://shop.example:" + server.getPort() + "/live").upgrading();
    try (Dialogue dialogue = transmission.dialogue(question, Link.DEFAULT)) {
      assertEquals(200, dialogue.open().status());
      assertFalse(dialogue.isOpen());
    }
    assertEquals("ws://shop.example:%d/live".formatted(server.getPort()), question.url());
  }

  @Test
  void refusesWhatCannotBeSent() {
    assertThrows(IllegalArgumentException.class, () -> client.draft("shop.example"));
    assertThrows(IllegalArgumentException.class, () -> draft("/").header("a b", "c"));
    assertThrows(IllegalArgumentException.class, () -> draft("/").cookies(Map.of("a", "é")));
  }
}
