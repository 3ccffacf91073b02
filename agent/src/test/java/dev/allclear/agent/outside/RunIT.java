package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;

/// `allclear run` with the shipped config: scraped by a real Prometheus, and killed without
/// warning.
final class RunIT {
  @TempDir private Path folder;

  @Test
  @Execution(CONCURRENT)
  void servesMetricsThatPrometheusAndItsLinterAccept() throws IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start(folder);
        RunningAgent agent = RunningAgent.start(folder, world.config());
        Prometheus prometheus = Prometheus.start(folder, agent.port())) {
      prometheus.await("up{job=\"allclear\"}");
      prometheus.await(
          "count({__name__=~\"allclear_.+\", service!=\"\", region!=\"\", vantage!=\"\"})");
      agent.awaitHealthy();
      assertLinted(agent);
      world.breakWest();
      agent.awaitIncident();
      assertLinted(agent);
    }
  }

  private void assertLinted(RunningAgent agent) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("scrape"), Web.get(agent.url("/metrics")));
    String promtool = Daemon.executable("promtool").toString();
    List<String> lint = List.of("sh", "-c", promtool + " check metrics <scrape");
    try (Child child = Child.start(folder, lint)) {
      assertEquals(0, child.await(Duration.ofMinutes(5)), child::toString);
      assertEquals("", child.out() + child.err());
    }
  }

  @Test
  @Execution(CONCURRENT)
  void resumesTheSameOutageAfterAKill() throws IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start(folder)) {
      Path config = world.config();
      Truth onset;
      JsonNode before;
      try (RunningAgent agent = RunningAgent.start(folder, config)) {
        agent.awaitHealthy();
        onset = Truth.of(world::breakWest);
        before = agent.awaitIncident();
        agent.kill();
      }
      try (RunningAgent agent = RunningAgent.start(folder, config)) {
        String id = before.path("id").asString();
        JsonNode resumed = agent.incident(id);
        assertEquals(1, agent.incidents().size(), resumed::toString);
        // A probe that fails, and of which nothing older is known now, may move the earliest.
        assertEquals(before.path("onset").path("latest"), resumed.path("onset").path("latest"));
        assertEquals(before.path("detected"), resumed.path("detected"));
        agent.process().until("the gap", () -> hasGap(agent.incident(id)));

        Truth restored = Truth.of(world::mendWest);
        JsonNode verified = agent.awaitMoment(id, "verified");
        onset.assertWithin(verified.path("onset"));
        restored.assertWithin(verified.path("restored"));
        assertTrue(verified.path("unobservedSeconds").asDouble() > 0, verified::toString);
      }
    }
  }

  private static boolean hasGap(JsonNode incident) {
    return incident.path("timeline").findValuesAsString("type").contains("blind");
  }

  @Test
  @Execution(CONCURRENT)
  void losesNothingItHadShownHoweverOftenItIsKilled() throws IOException, InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int kills = Boolean.getBoolean("allclear.long") ? 100 : 20;
    Set<String> shown = new HashSet<>();
    try (DemoWorld world = DemoWorld.start(folder)) {
      Path config = world.config();
      for (int kill = 0; kill < kills; kill++) {
        try (RunningAgent agent = RunningAgent.start(folder, config)) {
          Set<String> kept = agent.events();
          Set<String> lost = new HashSet<>(shown);
          lost.removeAll(kept);
          assertEquals(Set.of(), lost, "seed " + seed + ", after kill " + kill);
          if (turn(world, kill)) {
            agent.process().until("something new", () -> agent.events().size() > kept.size());
          }
          agent.process().pass(Duration.ofMillis(random.nextInt(2000)));
          shown = agent.events();
          agent.kill();
        }
      }
    }
    assertTrue(shown.size() > kills / 2, () -> "seed " + seed + " showed too little");
  }

  /// Breaks and mends by turns, so that there is always something to lose; true if it did.
  private static boolean turn(DemoWorld world, int kill) throws IOException, InterruptedException {
    if (kill % 4 == 0) {
      world.breakWest();
    } else if (kill % 4 == 2) {
      world.mendWest();
    }
    return kill % 2 == 0;
  }
}
