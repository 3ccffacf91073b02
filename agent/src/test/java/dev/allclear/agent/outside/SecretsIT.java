package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A server that repeats all it is told in answers that fail, and everything that Allclear shows or
/// keeps of them.
final class SecretsIT {
  private static final String JWT =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkLWp3dC1zdWJqZWN0In0.c2lnbmF0dXJlLW9mLXRoZS1qd3Q";

  /// Where each is planted, and what it is.
  private static final Map<String, String> SECRETS =
      Map.ofEntries(
          Map.entry("environment", "planted env+key/1"),
          Map.entry("file", "planted-file-key&2"),
          Map.entry("captured token", "planted-token-3"),
          Map.entry("basic password", "planted basic:pass 4"),
          Map.entry("cookie sent", "planted-cookie-5"),
          Map.entry("cookie set", "planted-session-6"),
          Map.entry("query parameter", "planted query=7"),
          Map.entry("jwt", JWT),
          Map.entry("client secret", "planted-client-8"),
          Map.entry("access token", "planted-access-9"),
          Map.entry("variable", "planted-variable-10"),
          Map.entry("form password", "planted \"form\" 11"),
          Map.entry("hmac key", "planted-hmac-12"),
          Map.entry("redacted header", "planted-header-13"));

  @TempDir private Path folder;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", SecretsIT::repeat);
    server.createContext("/login", exchange -> answer(exchange, 200, login()));
    server.createContext("/token", exchange -> answer(exchange, 200, token()));
    server.start();
    Files.writeString(folder.resolve("key.txt"), SECRETS.get("file") + "\n");
    Files.writeString(folder.resolve("allclear.yaml"), config(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void appearNowhere() throws IOException, InterruptedException {
    Map<String, String> shown = new LinkedHashMap<>();
    for (String journey : List.of("spill", "spill-basic")) {
      for (String option : List.of("", "--json", "--show-bodies")) {
        Finished run = probe(journey, option);
        assertEquals(1, run.code(), run::toString);
        assertTrue(run.out().contains("***"), run::toString);
        shown.put("probe " + journey + " " + option, run.out() + run.err());
      }
    }
    shown.putAll(ofAgent());

    shown.forEach(SecretsIT::assertHidden);
  }

  private Finished probe(String journey, String option) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("probe", journey, "--config", "allclear.yaml"));
    if (!option.isEmpty()) {
      arguments.add(option);
    }
    return Binary.run(folder, environment(), arguments.toArray(String[]::new));
  }

  /// What a running agent says and leaves behind, with an incident of both journeys.
  private Map<String, String> ofAgent() throws IOException, InterruptedException {
    Map<String, String> shown = new LinkedHashMap<>();
    try (RunningAgent agent =
        RunningAgent.start(folder, folder.resolve("allclear.yaml"), environment())) {
      String id = agent.awaitIncident().path("id").asString();
      agent
          .process()
          .until(
              "failures of both are kept",
              () -> agent.incident(id).path("failures").path("kept").size() >= 2);
      for (String path :
          List.of(
              "/",
              "/metrics",
              "/api/v1/status",
              "/api/v1/incidents",
              "/api/v1/incidents/" + id,
              "/incidents/" + id)) {
        shown.put(path, Web.get(agent.url(path)));
      }
      shown.put("incident", incident(id));
      shown.put("incident --json", incident(id, "--json"));
      shown.put("log", agent.process().out() + agent.process().err());
    }
    try (Stream<Path> files = Files.walk(folder.resolve("ledger"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        shown.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return shown;
  }

  private String incident(String id, String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("incident", id, "--config", "allclear.yaml"));
    arguments.addAll(List.of(options));
    Finished run = Binary.run(folder, environment(), arguments.toArray(String[]::new));
    assertEquals(0, run.code(), run::toString);
    return run.out() + run.err();
  }

  private static void assertHidden(String where, String text) {
    SECRETS.forEach((what, secret) ->
        spellings(secret)
            .forEach(spelling ->
                assertFalse(text.contains(spelling), () -> what + " in " + where + ":\n" + text)));
  }

  private static Stream<String> spellings(String secret) {
    byte[] octets = secret.getBytes(StandardCharsets.UTF_8);
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    return Stream.of(
        secret,
        form,
        form.replace("+", "%20"),
        secret.replace("\"", "\\\""),
        secret.replace("\"", "&quot;").replace("&", "&amp;"),
        Base64.getEncoder().encodeToString(octets),
        Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
  }

  private static Map<String, String> environment() {
    return Map.of(
        "ENV_KEY", SECRETS.get("environment"),
        "BASIC", SECRETS.get("basic password"),
        "COOKIE", SECRETS.get("cookie sent"),
        "QUERY", SECRETS.get("query parameter"),
        "CLIENT", SECRETS.get("client secret"),
        "FORM", SECRETS.get("form password"),
        "HMAC", SECRETS.get("hmac key"));
  }

  private static String config(int port) {
    return """
    agent: {ledger: ledger}
    oauth2:
      id: {token-url: "http://127.0.0.1:PORT/token", client-id: probe, client-secret: "${env:CLIENT}"}
    services:
      shop: {rto: 2m, verify: {journeys: [spill, spill-basic]}}
    journeys:
      spill:
        every: 1s
        redact: [x-own]
        vars: {pin: {value: "VARIABLE", secret: true}}
        steps:
          - name: log in
            post: http://127.0.0.1:PORT/login
            form: {user: probe, password: "${env:FORM}"}
            capture: {token: {json: $.token, secret: true}, jwt: {json: $.jwt}}
          - name: spill
            post: http://127.0.0.1:PORT/spill
            query: {key: "${env:QUERY}"}
            oauth2: id
            cookies: {own: "${env:COOKIE}"}
            headers:
              X-Own: HEADER
              X-Key: "${env:ENV_KEY}"
              X-File: "${file:key.txt}"
              X-Token: "${token}"
              X-Jwt: "${jwt}"
              X-Signature: "${hmac('sha256', env:HMAC, 'a')}"
            json: {pin: "${pin}", again: "${env:HMAC}", form: "${env:FORM}", client: "${env:CLIENT}"}
            expect: {json: {$.never: 1, $.body: nothing}, contains: "${token}${env:ENV_KEY}"}
      spill-basic:
        every: 1s
        steps:
          - name: spill
            get: http://127.0.0.1:PORT/spill
            query: {key: "${env:QUERY}"}
            basic: {user: probe, password: "${env:BASIC}"}
            expect: {json: {$.never: 1}, contains: "${env:BASIC}"}
    """
        .replace("PORT", Integer.toString(port))
        .replace("VARIABLE", SECRETS.get("variable"))
        .replace("HEADER", SECRETS.get("redacted header"));
  }

  private static String login() {
    return "{\"token\": \"%s\", \"jwt\": \"%s\"}".formatted(SECRETS.get("captured token"), JWT);
  }

  private static String token() {
    return "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 3600}"
        .formatted(SECRETS.get("access token"));
  }

  /// A failure with everything that was asked, in a JSON document and in a header.
  private static void repeat(HttpExchange exchange) throws IOException {
    Map<String, Object> told = new TreeMap<>();
    told.put("url", exchange.getRequestURI().toString());
    told.put("decoded", exchange.getRequestURI().getQuery() + exchange.getRequestURI().getPath());
    told.put("headers", exchange.getRequestHeaders());
    told.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    told.put("session", SECRETS.get("cookie set"));
    exchange.getResponseHeaders().add("X-Url", exchange.getRequestURI().toString());
    answer(exchange, 500, JsonMapper.shared().writeValueAsString(told));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange
        .getResponseHeaders()
        .add("Set-Cookie", "session=" + SECRETS.get("cookie set") + "; Path=/");
    exchange.sendResponseHeaders(status, octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }
}
