package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;

/// A real agent on a machine whose wall clock is set by an hour: it says so, and every length and
/// verdict is that of the time that passed.
@Execution(CONCURRENT)
final class ClockIT {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder;
  private final Site target = new Site();
  private WallClock clock;

  @BeforeEach
  void start() throws IOException {
    clock = WallClock.in(folder);
  }

  @AfterEach
  void close() {
    target.close();
  }

  /// One service may be down for a minute, the other hardly at all.
  private Path config() throws IOException {
    return Files.writeString(
        folder.resolve("allclear.yaml"),
        """
        services:
          patient:
            rto: 5m
            detect: {get: "%1$s", every: 500ms}
            verify: {passes: 2, for: 300ms, hold: 1s}
          hasty:
            rto: 500ms
            detect: {get: "%1$s", every: 500ms}
            verify: {passes: 2, for: 300ms, hold: 1s}
        """
            .formatted(target.url()));
  }

  private RunningAgent agent() throws IOException, InterruptedException {
    return RunningAgent.start(folder, config(), clock.environment());
  }

  private static void awaitWell(RunningAgent agent) throws IOException, InterruptedException {
    agent
        .process()
        .until("both are well", () -> states(agent).equals(List.of("healthy", "healthy")));
  }

  private static List<String> states(RunningAgent agent) throws IOException, InterruptedException {
    return Web.json(Web.get(agent.url("/api/v1/status")))
        .path("services")
        .findValuesAsString("state");
  }

  private static void awaitSteps(RunningAgent agent, String direction, int steps)
      throws IOException, InterruptedException {
    String series =
        "allclear_clock_steps_total{direction=\"%s\",vantage=\"agent\"} %d.0"
            .formatted(direction, steps);
    agent.process().until(series, () -> Web.get(agent.url("/metrics")).contains(series));
  }

  private static void awaitDown(RunningAgent agent) throws IOException, InterruptedException {
    agent.process().until("both are down", () -> agent.incidents().size() == 2);
  }

  private static List<JsonNode> awaitEnd(RunningAgent agent)
      throws IOException, InterruptedException {
    agent
        .process()
        .until(
            "both are over",
            () ->
                agent.incidents().stream()
                    .allMatch(each -> each.path("state").asString().equals("closed")));
    return agent.incidents();
  }

  /// Its begin and its end as the clock showed them.
  private static void assertSound(JsonNode incident, Truth onset, Truth end, Duration ahead) {
    onset.assertWithin(incident.path("onset"));
    end.ahead(ahead).assertWithin(incident.path("restored"));
    assertTrue(
        onset.canTake(incident.path("durations").path("downtime"), end),
        () -> incident + " took from " + onset + " to " + end);
    String service = incident.path("service").asString();
    assertEquals(
        service.equals("hasty") ? "missed" : "met",
        incident.path("rto").path("verdict").asString(),
        incident::toString);
  }

  private static List<String> steps(JsonNode incident) {
    return StreamSupport.stream(incident.path("timeline").spliterator(), false)
        .filter(entry -> entry.path("type").asString().equals("clock-set"))
        .map(entry -> entry.path("text").asString())
        .toList();
  }

  @Test
  void aClockThatIsSetWhileAllIsWellOpensNothing() throws IOException, InterruptedException {
    try (RunningAgent agent = agent()) {
      awaitWell(agent);
      clock.set(HOUR);
      awaitSteps(agent, "forward", 1);
      agent.process().pass(Duration.ofSeconds(2));
      clock.set(HOUR.negated());
      awaitSteps(agent, "back", 1);
      agent.process().pass(Duration.ofSeconds(2));
      assertEquals(List.of("healthy", "healthy"), states(agent));
      assertEquals(List.of(), agent.incidents());
      String metrics = Web.get(agent.url("/metrics"));
      assertTrue(metrics.lines().noneMatch(ClockIT::isDoubt), metrics);
    }
  }

  private static boolean isDoubt(String line) {
    return line.matches("allclear_(blips|unobserved_seconds|blind_seconds)_total.*")
        && !line.endsWith(" 0.0");
  }

  @Test
  void noLengthFollowsAClockThatIsSetInAnOutage() throws IOException, InterruptedException {
    try (RunningAgent agent = agent()) {
      awaitWell(agent);
      Truth onset = target.goes();
      awaitDown(agent);
      clock.set(HOUR);
      awaitSteps(agent, "forward", 1);
      agent.process().pass(Duration.ofSeconds(1));
      clock.set(HOUR.negated());
      awaitSteps(agent, "back", 1);
      Truth end = target.comes();
      for (JsonNode incident : awaitEnd(agent)) {
        assertSound(incident, onset, end, HOUR.negated());
        assertEquals(0, incident.path("unobservedSeconds").asDouble(), incident::toString);
        assertEquals(2, steps(incident).size(), incident::toString);
      }
    }
  }

  @Test
  void aClockThatIsSetWhileNoAgentRunsMovesNothing() throws IOException, InterruptedException {
    Truth onset;
    try (RunningAgent agent = agent()) {
      awaitWell(agent);
      onset = target.goes();
      awaitDown(agent);
      agent.kill();
    }
    clock.set(HOUR.negated());
    Truth end;
    try (RunningAgent agent = agent()) {
      awaitSteps(agent, "back", 1);
      end = target.comes();
      for (JsonNode incident : awaitEnd(agent)) {
        assertSound(incident, onset, end, HOUR.negated());
        assertEquals(
            List.of("the clock was set back by 1h00m; no length follows it"), steps(incident));
        double unobserved = incident.path("unobservedSeconds").asDouble();
        assertTrue(unobserved > 0 && unobserved < 300, incident::toString);
      }
      agent.kill();
    }
    clock.set(HOUR);
    try (RunningAgent agent = agent()) {
      awaitSteps(agent, "forward", 1);
      awaitWell(agent);
      assertEquals(2, agent.incidents().size());
    }
  }
}
