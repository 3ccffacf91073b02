package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every journey of `config/journeys` passes against a server that does what it asks for, and
/// tidies up.
final class ExamplesTest {
  private static final Path FOLDER = Path.of("../config/journeys");
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PROBE_USER", "probe",
          "PROBE_PASSWORD", "s3cret",
          "CLIENT_ID", "allclear",
          "CLIENT_SECRET", "s3cret",
          "API_TOKEN", "t0k3n");

  private final Wire wire = Wire.open(new SystemClock(0));

  @TempDir private Path folder;

  private final List<HttpServer> servers = new ArrayList<>();
  private final Set<String> things = ConcurrentHashMap.newKeySet();
  private final Map<String, String> canaries = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final List<String> unexpected = new ArrayList<>();

  private record Reply(int status, String body, List<String> headers) {
    Reply(int status, String body) {
      this(status, body, List.of());
    }
  }

  /// Two addresses on one port: `edge` and `eu`, `origin` and `us`.
  @BeforeEach
  void start() throws IOException {
    HttpServer first =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    servers.add(first);
    servers.add(
        HttpServer.create(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), first.getAddress().getPort()),
            0));
    for (HttpServer server : servers) {
      server.createContext("/", this::handle);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
    }
  }

  @AfterEach
  void stop() {
    wire.close();
    servers.forEach(server -> server.stop(0));
    assertEquals(List.of(), unexpected);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    Reply reply = reply(request, sent, exchange);
    for (String header : reply.headers()) {
      int colon = header.indexOf(": ");
      exchange.getResponseHeaders().add(header.substring(0, colon), header.substring(colon + 2));
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private Reply reply(String request, String sent, HttpExchange exchange) {
    String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/canaries/allclear-")) {
      return canary(exchange.getRequestMethod(), path, sent);
    }
    return switch (request) {
      case "GET /healthz", "POST /logout" -> new Reply(200, "ok");
      case "GET /login" ->
          new Reply(
              200,
              "<form><input type=\"hidden\" name=\"csrf\" value=\"c5rf-1\"></form>",
              List.of("Content-Type: text/html", "Set-Cookie: form=f1; Path=/"));
      case "POST /login" -> login(sent, cookie);
      case "GET /account" ->
          cookie.contains("session=s1")
              ? new Reply(200, "<a>Log out</a>", List.of("Content-Type: text/html"))
              : new Reply(403, "");
      case "POST /token" ->
          credentials(exchange).startsWith("Basic ") && sent.contains("scope=orders.read")
              ? json(
                  200,
                  "{\"token_type\": \"Bearer\", \"access_token\": \"t0k3n\", \"expires_in\": 300}")
              : json(401, "{}");
      case "GET /orders?limit=1" -> authorized(exchange, json(200, "{\"orders\": []}"));
      case "POST /orders", "POST /v1/databases" -> authorized(exchange, created());
      case "GET /prices" -> json(200, "{\"updated\": \"" + Instant.now() + "\"}");
      case "POST /orders/77/payment" -> authorized(exchange, json(202, "{}"));
      case "GET /v1/databases?name=allclear-probe" ->
          authorized(exchange, json(200, "{\"databases\": [{\"id\": \"77\"}]}"));
      case "GET /orders/77", "GET /v1/databases/77" -> read();
      case "DELETE /orders/77", "DELETE /v1/databases/77" ->
          new Reply(things.remove("77") ? 204 : 404, "");
      case "GET /" -> new Reply(200, "<html></html>");
      case "GET /articles/demo-1", "GET /price?sku=demo-1" -> json(200, "{\"sku\": \"demo-1\"}");
      case "GET /version" -> json(200, "{\"release\": \"1.4.2\"}");
      default -> {
        synchronized (unexpected) {
          unexpected.add(request);
        }
        yield new Reply(500, "");
      }
    };
  }

  private static Reply login(String sent, String cookie) {
    if (!sent.contains("user=probe&password=s3cret")) {
      return new Reply(401, "");
    }
    if (!sent.contains("csrf=")) {
      return json(200, "{\"token\": \"t0k3n\"}");
    }
    return sent.contains("csrf=c5rf-1") && cookie.contains("form=f1")
        ? new Reply(302, "", List.of("Location: /account", "Set-Cookie: session=s1; Path=/"))
        : new Reply(403, "");
  }

  private static Reply authorized(HttpExchange exchange, Reply reply) {
    return credentials(exchange).equals("Bearer t0k3n") ? reply : new Reply(401, "");
  }

  private static String credentials(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private Reply created() {
    things.add("77");
    reads.set(0);
    return json(201, "{\"id\": \"77\"}");
  }

  /// Not there at the first look, and gone once it is deleted.
  private Reply read() {
    if (!things.contains("77")) {
      return new Reply(404, "");
    }
    return reads.incrementAndGet() < 3
        ? json(reads.get() == 1 ? 404 : 200, "{\"id\": \"\", \"state\": \"new\"}")
        : json(200, "{\"id\": \"77\", \"state\": \"booked\", \"status\": \"available\"}");
  }

  /// What was written can be read only after a while.
  private Reply canary(String method, String path, String sent) {
    return switch (method) {
      case "PUT" -> {
        canaries.put(path, sent);
        reads.set(0);
        yield new Reply(201, "");
      }
      case "GET" ->
          reads.incrementAndGet() < 3
              ? new Reply(404, "")
              : json(200, canaries.getOrDefault(path, "{}"));
      default -> new Reply(canaries.remove(path) == null ? 404 : 204, "");
    };
  }

  private static Reply json(int status, String body) {
    return new Reply(status, body, List.of("Content-Type: application/json"));
  }

  @Test
  void everyExampleIsRun() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(
          List.of(
              "checkout-cleanup.yaml",
              "control-plane.yaml",
              "data-freshness.yaml",
              "edge-and-origin.yaml",
              "login-csrf.yaml",
              "oauth2-client-credentials.yaml",
              "serverless-cold-warm.yaml"),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml"))
              .sorted()
              .toList());
    }
  }

  @Test
  void aLoginWithCsrf() throws BadConfig, IOException {
    passes("login-csrf.yaml", 2);
  }

  @Test
  void oauth2ClientCredentials() throws BadConfig, IOException {
    passes("oauth2-client-credentials.yaml", 1);
  }

  @Test
  void aCheckoutIsUndone() throws BadConfig, IOException {
    passes("checkout-cleanup.yaml", 2);
    assertEquals(Set.of(), things);
  }

  @Test
  void aControlPlane() throws BadConfig, IOException {
    passes("control-plane.yaml", 1);
    assertEquals(Set.of(), things);
  }

  @Test
  void edgeAndOrigin() throws BadConfig, IOException {
    passes("edge-and-origin.yaml", 6);
  }

  @Test
  void dataFreshness() throws BadConfig, IOException {
    passes("data-freshness.yaml", 4);
    assertEquals(Map.of(), canaries);
  }

  @Test
  void serverlessColdAndWarm() throws BadConfig, IOException {
    passes("serverless-cold-warm.yaml", 2);
  }

  private void passes(String example, int expected) throws BadConfig, IOException {
    List<Check> checks = List.copyOf(new Checks(settings(example), wire).all().keySet());
    assertEquals(expected, checks.size());
    for (Check check : checks) {
      Observation seen =
          CompletableFuture.supplyAsync(check.probe()::run, Thread.ofVirtual()::start).join();
      assertEquals(Outcome.pass(), seen.outcome(), () -> check + " " + seen.steps());
      for (StepRun step : seen.cleanup()) {
        assertTrue(step.outcome().isPass(), step::toString);
      }
    }
  }

  /// The example as it is, but for where it goes, and for the time it takes: that is up to the
  /// machine.
  private Settings settings(String example) throws BadConfig {
    try {
      String here = "http://localhost:" + servers.getFirst().getAddress().getPort();
      String text =
          Files.readString(FOLDER.resolve(example))
              .replaceAll("https://[a-z]+\\.example", here)
              .replace("192.0.2.10", "127.0.0.1")
              .replace("198.51.100.10", "127.0.0.2")
              .replaceAll("every: 2s", "every: 20ms")
              .replaceAll("\\b(timeout|within): \\w+", "$1: 1m")
              .replaceAll("\\bdeadline: \\w+", "deadline: 10m");
      Path copy = Files.writeString(folder.resolve(example), text);
      return Settings.load(copy, ENVIRONMENT::get);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
