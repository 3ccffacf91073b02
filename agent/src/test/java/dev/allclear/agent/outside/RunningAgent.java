package dev.allclear.agent.outside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// A real agent, and what it says over HTTP.
final class RunningAgent implements AutoCloseable {
  private final int port;
  private final Child process;

  private RunningAgent(int port, Child process) {
    this.port = port;
    this.process = process;
  }

  static RunningAgent start(Path folder, Path config) throws IOException, InterruptedException {
    return start(folder, config, Map.of());
  }

  /// With variables beside those of the test's own environment.
  static RunningAgent start(Path folder, Path config, Map<String, String> environment)
      throws IOException, InterruptedException {
    int port = Ports.free();
    Child process =
        Binary.start(
            folder,
            environment,
            "run",
            "--config",
            config.toString(),
            "--listen",
            "127.0.0.1:" + port);
    Daemon.awaitPort(process, port);
    RunningAgent agent = new RunningAgent(port, process);
    process.until("the agent is healthy", () -> Web.isUp(agent.url("/-/healthy")));
    return agent;
  }

  Child process() {
    return process;
  }

  int port() {
    return port;
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(port, path);
  }

  /// Newest first.
  List<JsonNode> incidents() throws IOException, InterruptedException {
    return elements(Web.json(Web.get(url("/api/v1/incidents?limit=1000"))));
  }

  JsonNode incident(String id) throws IOException, InterruptedException {
    return Web.json(Web.get(url("/api/v1/incidents/" + id)));
  }

  /// Every event that the agent admits to, as text that must never change.
  Set<String> events() throws IOException, InterruptedException {
    return incidents().stream().flatMap(RunningAgent::events).collect(Collectors.toSet());
  }

  private static Stream<String> events(JsonNode incident) {
    String id = incident.path("id").asString();
    return elements(incident.path("timeline")).stream().map(entry -> id + " " + entry);
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /// Waits until the agent knows that the shop is well: only then can a fault have an onset.
  void awaitHealthy() throws IOException, InterruptedException {
    process.until("healthy", () -> Web.get(url("/api/v1/status")).contains("\"healthy\""));
  }

  /// Waits until there is an open incident.
  JsonNode awaitIncident() throws IOException, InterruptedException {
    process.until("an incident", () -> !incidents().isEmpty());
    return incidents().getFirst();
  }

  /// Waits until an incident has a moment, such as `verified`.
  JsonNode awaitMoment(String id, String moment) throws IOException, InterruptedException {
    process.until(moment, () -> incident(id).hasNonNull(moment));
    return incident(id);
  }

  /// SIGKILL: nothing is flushed, nothing said.
  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
