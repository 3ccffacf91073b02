package dev.allclear.agent.outside;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.json.ClaimType;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;

/// What people and tools tell a real agent, over HTTP and on the command line.
final class ClaimsIT {
  private static final String SERVICE = "shop";

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private int post(RunningAgent agent, String claim) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(agent.url("/api/v1/claims")))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(claim))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertTrue(answer.statusCode() < 300, answer::body);
    return answer.statusCode();
  }

  private static String claim(ClaimType type, String key, Instant at) {
    JsonObject claim = type.example().put("service", SERVICE).put("key", key);
    return claim.put("at", at.toString()).put("actor", "it").toString();
  }

  private static Map<String, String> everyType(Instant at) {
    Map<String, String> claims = new TreeMap<>();
    for (ClaimType type : ClaimType.values()) {
      String text = claim(type, "api " + type.label(), at);
      claims.put("api " + type.label(), text.replace("shop.example", "nobody.example"));
    }
    return claims;
  }

  private static List<String> keys(JsonNode incident) {
    return incident.path("claims").valueStream().map(each -> each.path("key").asString()).toList();
  }

  @Test
  @Execution(CONCURRENT)
  void keepsClaimsOfEveryTypeAlsoEarlyLateAndTwice() throws IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start(folder);
        RunningAgent agent = RunningAgent.start(folder, world.config())) {
      agent.awaitHealthy();
      assertTold(agent, "early", "fault-injected", "--fault", "stop west", "--game-day");
      world.breakWest();
      JsonNode open = agent.awaitIncident();
      String id = open.path("id").asString();
      Map<String, String> claims = everyType(Instant.now());
      for (String claim : claims.values()) {
        assertEquals(202, post(agent, claim));
      }
      assertEquals(200, post(agent, requireNonNull(claims.get("api note"))));
      assertTold(agent, "cli 1", "acknowledged");
      assertTold(agent, "cli 1", "acknowledged");
      assertTold(agent, "cli 2", "step-finished", "--step", "drain", "--outcome", "failed");
      assertTold(agent, "cli 3", "restore-progress", "--done", "5", "--total", "9000000000");
      assertTold(agent, "cli 4", "integrity-checked", "--passed", "true");
      world.mendWest();
      agent.awaitMoment(id, "verified");
      agent.process().until("closed", () -> "closed".equals(state(agent, id)));
      String late = claim(ClaimType.REMEDIATION_STARTED, "late", Instant.parse(detected(open)));
      assertEquals(202, post(agent, late));
      assertEquals(200, post(agent, late));

      JsonNode incident = agent.incident(id);
      TreeSet<String> expected = new TreeSet<>(claims.keySet());
      expected.addAll(List.of("early", "late", "cli 1", "cli 2", "cli 3", "cli 4"));
      assertEquals(new ArrayList<>(expected), keys(incident).stream().sorted().toList());
      assertEquals("early", keys(incident).getFirst());
      assertEquals(1, agent.incidents().size());
      String told = incident.path("contradictions").toString();
      assertTrue(told.contains("step `drain` failed (manual): nobody said that it began"), told);
      assertReported(id, incident.path("metrics"));
    }
  }

  /// M8 and M9 need a change of a name, and another service.
  private void assertReported(String id, JsonNode metrics)
      throws IOException, InterruptedException {
    for (String known : List.of("remediation", "sinceDeclared", "verification", "rollback")) {
      assertTrue(metrics.hasNonNull(known), metrics::toString);
    }
    assertTrue(metrics.path("automation").path("steps").asInt() >= 2, metrics::toString);
    assertEquals(2, metrics.path("detectors").size(), metrics::toString);
    String config = folder.resolve("allclear.yaml").toString();
    String text = said("incident", id, "--config", config, "--format", "markdown");
    for (String metric : List.of("M1", "M2", "M3", "M5", "M6", "M10")) {
      assertTrue(text.contains("| " + metric + " "), text);
    }
    assertTrue(said("incident", id, "--config", config, "--format", "html").contains("<svg"));
    JsonNode report = Web.json(said("report", "--config", config, "--json"));
    assertEquals(0, report.path("recoveries").asInt(), report::toString);
    assertEquals(1, report.path("apart").path("gameday").asInt(), report::toString);
  }

  private String said(String... words) throws IOException, InterruptedException {
    Finished finished = Binary.run(folder, words);
    assertEquals(0, finished.code(), finished::toString);
    return finished.out();
  }

  private static String detected(JsonNode incident) {
    return incident.path("detected").asString();
  }

  private static String state(RunningAgent agent, String id)
      throws IOException, InterruptedException {
    return agent.incident(id).path("state").asString();
  }

  private void assertTold(RunningAgent agent, String key, String type, String... more)
      throws IOException, InterruptedException {
    List<String> words =
        Stream.concat(
                Stream.of("claim", type, "--service", SERVICE, "--key", key),
                Stream.concat(Stream.of(more), Stream.of("--url", agent.url(""))))
            .toList();
    Finished finished = Binary.run(folder, words.toArray(String[]::new));
    assertEquals(0, finished.code(), finished::toString);
  }

  /// Killed at random moments while it is told one claim after another.
  @Test
  @Execution(CONCURRENT)
  void losesNothingThatItAcknowledged() throws IOException, InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> acknowledged = new CopyOnWriteArrayList<>();
    try (DemoWorld world = DemoWorld.start(folder)) {
      Path config = world.config();
      for (int kill = 0; kill < 5; kill++) {
        try (RunningAgent agent = RunningAgent.start(folder, config);
            ExecutorService teller = Executors.newSingleThreadExecutor()) {
          if (kill == 0) {
            agent.awaitHealthy();
            world.breakWest();
          }
          agent.awaitIncident();
          assertKept(agent, acknowledged, "seed " + seed + ", kill " + kill);
          Future<?> told = teller.submit(() -> tell(agent, acknowledged));
          agent.process().pass(Duration.ofMillis(200 + random.nextInt(1500)));
          agent.kill();
          assertNull(told.get(), "what told it");
        } catch (ExecutionException e) {
          throw new AssertionError("seed " + seed, e);
        }
      }
      try (RunningAgent agent = RunningAgent.start(folder, config)) {
        assertKept(agent, acknowledged, "seed " + seed);
        assertTrue(acknowledged.size() >= 30, () -> "only " + acknowledged.size());
        for (String key : acknowledged.subList(0, 30)) {
          assertEquals(200, post(agent, note(key)), key);
        }
        assertKept(agent, acknowledged, "seed " + seed);
      }
    }
  }

  private static String note(String key) {
    return new JsonObject()
        .put("type", "note")
        .put("service", SERVICE)
        .put("text", "claim " + key)
        .put("key", key)
        .toString();
  }

  /// Until nobody answers any more; what was told in vain is told to the next.
  private void tell(RunningAgent agent, List<String> acknowledged) {
    try {
      while (true) {
        String key = "k" + acknowledged.size();
        post(agent, note(key));
        acknowledged.add(key);
      }
    } catch (IOException _) {
      // It was killed.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The last may have been written down without being acknowledged.
  private static void assertKept(RunningAgent agent, List<String> acknowledged, String when)
      throws IOException, InterruptedException {
    List<String> kept = keys(agent.awaitIncident());
    assertEquals(kept.size(), Set.copyOf(kept).size(), when);
    assertTrue(kept.containsAll(acknowledged), when);
    assertTrue(kept.size() <= acknowledged.size() + 1, when);
  }

  @Test
  @Execution(CONCURRENT)
  void aStepPassesSignalsOnAndIsToldToItsEnd() throws IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start(folder);
        RunningAgent agent = RunningAgent.start(folder, world.config())) {
      agent.awaitHealthy();
      world.breakWest();
      String id = agent.awaitIncident().path("id").asString();
      for (String signal : List.of("TERM", "INT", "HUP")) {
        String script =
            "trap 'exit 9' %s; echo ready; while :; do sleep 0.1; done".formatted(signal);
        try (Child step = step(agent, signal, "sh", "-c", script)) {
          step.until("ready", () -> step.out().contains("ready"));
          step.signal(signal);
          assertEquals(9, step.await(Duration.ofMinutes(1)), step::toString);
          assertEquals("", step.err());
        }
      }
      assertEquals(
          List.of(
              "TERM/started",
              "TERM/finished",
              "INT/started",
              "INT/finished",
              "HUP/started",
              "HUP/finished"),
          keys(agent.incident(id)));
      List<JsonNode> claims = agent.incident(id).path("claims").valueStream().toList();
      assertEquals("auto", claims.getFirst().path("mode").asString());
      assertEquals("exit code 9", claims.getLast().path("detail").asString());
    }
  }

  /// In a session of its own: on a terminal it leaves it to that to tell the command.
  private Child step(RunningAgent agent, String key, String... command) throws IOException {
    String binary = Binary.HOME.resolve("bin/allclear").toString();
    // Whoever runs the tests may ignore some signal, as nohup does, and that is inherited.
    List<String> words =
        new ArrayList<>(List.of("setsid", "env", "--default-signal", binary, "step", "drain"));
    words.addAll(List.of("--service", SERVICE, "--key", key, "--url", agent.url(""), "--"));
    words.addAll(List.of(command));
    return Child.start(folder, words);
  }
}
