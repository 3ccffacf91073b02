package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;

/// A real agent that cannot see: its network is lost, for which its witnesses and its target go
/// together, or its process is stopped.
final class BlindIT {
  private static final Duration STOP =
      Boolean.getBoolean("allclear.long") ? Duration.ofSeconds(30) : Duration.ofSeconds(5);

  @TempDir private Path folder;
  private final Site target = new Site();
  private final List<Site> witnesses = List.of(new Site(), new Site());

  @AfterEach
  void close() {
    target.close();
    witnesses.forEach(Site::close);
  }

  private Path config() throws IOException {
    return Files.writeString(
        folder.resolve("allclear.yaml"),
        """
        control: ["http://127.0.0.1:%d/", "tcp://127.0.0.1:%d"]
        services:
          shop:
            rto: 2m
            detect: {get: "http://127.0.0.1:%d/", every: 1s}
            verify: {passes: 2, for: 1s, hold: 2s}
        """
            .formatted(witnesses.getFirst().port(), witnesses.getLast().port(), target.port()));
  }

  private static boolean isBlind(RunningAgent agent) throws IOException, InterruptedException {
    return Web.json(Web.get(agent.url("/api/v1/status")))
        .path("services")
        .path(0)
        .hasNonNull("blindSince");
  }

  @Test
  @Execution(CONCURRENT)
  void losesItsNetworkWithoutAnOutageAndSeesOneOfTheTargetAlone()
      throws IOException, InterruptedException {
    try (RunningAgent agent = RunningAgent.start(folder, config())) {
      agent.awaitHealthy();
      for (Site witness : witnesses) {
        witness.goes();
      }
      target.goes();
      agent.process().until("blind", () -> isBlind(agent));
      agent.process().pass(Duration.ofSeconds(3));
      assertTrue(Web.get(agent.url("/")).contains("The agent cannot see"));
      target.comes();
      for (Site witness : witnesses) {
        witness.comes();
      }
      agent.process().until("sighted", () -> !isBlind(agent));
      agent.awaitHealthy();
      assertEquals(List.of(), agent.incidents());

      Truth onset = target.goes();
      String id = agent.awaitIncident().path("id").asString();
      Truth restored = target.comes();
      JsonNode verified = agent.awaitMoment(id, "verified");
      onset.assertWithin(verified.path("onset"));
      restored.assertWithin(verified.path("restored"));
    }
  }

  @Test
  @Execution(CONCURRENT)
  void statesHowLongItWasStoppedInAnOutage() throws IOException, InterruptedException {
    try (RunningAgent agent = RunningAgent.start(folder, config())) {
      agent.awaitHealthy();
      Truth onset = target.goes();
      String id = agent.awaitIncident().path("id").asString();
      agent.process().signal("STOP");
      agent.process().pass(STOP);
      Truth restored = target.comes();
      agent.process().signal("CONT");
      JsonNode verified = agent.awaitMoment(id, "verified");
      onset.assertWithin(verified.path("onset"));
      restored.assertWithin(verified.path("restored"));
      double unobserved = verified.path("unobservedSeconds").asDouble();
      assertTrue(
          unobserved > STOP.toMillis() / 1e3 - 1 && unobserved < STOP.toMillis() / 1e3 + 5,
          verified::toString);
      assertEquals(1, agent.incidents().size());
    }
  }

  @Test
  @Execution(CONCURRENT)
  void aStopWhileAllIsWellOpensNothing() throws IOException, InterruptedException {
    try (RunningAgent agent = RunningAgent.start(folder, config())) {
      agent.awaitHealthy();
      agent.process().signal("STOP");
      agent.process().pass(STOP);
      agent.process().signal("CONT");
      agent
          .process()
          .until(
              "the stop is counted",
              () ->
                  !Web.get(agent.url("/metrics"))
                      .contains(
                          "allclear_blind_seconds_total{reason=\"stopped\",vantage=\"agent\"} 0.0"));
      agent.awaitHealthy();
      assertEquals(List.of(), agent.incidents());
    }
  }
}
