package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;

/// Held connections to real servers: what is idle is closed for good reasons, and those are no
/// outages; what dies is noticed long before the next probe is due.
final class TripwireIT {
  private static final boolean LONG = Boolean.getBoolean("allclear.long");

  /// Enough to learn an idle limit of 5 s: the first request, and two that the server closed.
  private static final Duration LEARNING = Duration.ofSeconds(LONG ? 240 : 16);

  private static final Duration LEARNED = Duration.ofSeconds(LONG ? 600 : 14);

  /// Far later than any test here lasts.
  private static final String SELDOM = "10m";

  private static final String HAPROXY =
      """
      defaults
        mode http
        timeout connect 5s
        timeout client 30s
        timeout server 30s
        timeout http-keep-alive 4s
      frontend front
        bind 127.0.0.1:{port}
        default_backend back
      backend back
        server one 127.0.0.1:{back}
      """;

  @TempDir private Path folder;

  /// Each service with its URL, and what else stands in `detect`.
  private Path config(Map<String, String> detects) throws IOException {
    String services =
        detects.entrySet().stream()
            .map(each ->
                "  %s: {rto: 5m, detect: {get: %s}, verify: {for: 1s, hold: 1s}}"
                    .formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining("\n"));
    Path file = folder.resolve("allclear.yaml");
    return Files.writeString(file, "services:\n" + services + "\n");
  }

  /// The metrics that begin so, with their labels.
  private static Map<String, Double> series(RunningAgent agent, String name)
      throws IOException, InterruptedException {
    Map<String, Double> found = new LinkedHashMap<>();
    Pattern.compile("(?m)^" + name + "\\{(.*)} (\\S+)$")
        .matcher(Web.get(agent.url("/metrics")))
        .results()
        .forEach(each -> found.put(each.group(1), Double.valueOf(each.group(2))));
    return found;
  }

  private static double sum(Map<String, Double> series, String... labels) {
    return series.entrySet().stream()
        .filter(each -> List.of(labels).stream().allMatch(label -> each.getKey().contains(label)))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static boolean stands(RunningAgent agent, String service, String state)
      throws IOException, InterruptedException {
    return sum(
            series(agent, "allclear_tripwire_state"),
            "service=\"" + service + "\"",
            "state=\"" + state + "\"")
        == 1;
  }

  private static double breaks(RunningAgent agent, String... labels)
      throws IOException, InterruptedException {
    return sum(series(agent, "allclear_tripwire_breaks_total"), labels);
  }

  private static String of(String service) {
    return "service=\"" + service + "\"";
  }

  private static String by(String reason) {
    return "reason=\"" + reason + "\"";
  }

  @Test
  @Execution(CONCURRENT)
  void serversThatCloseIdleConnectionsAreNotDown() throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve("haproxy"));
    Path proxy = home.resolve("haproxy.cfg");
    int port = Ports.free();
    try (Master nginx = Master.start(folder.resolve("nginx"), "1s", "5s", "75s");
        OneAnswer once = OneAnswer.start()) {
      Files.writeString(
          proxy,
          HAPROXY
              .replace("{port}", Integer.toString(port))
              .replace("{back}", Integer.toString(nginx.port(2))));
      try (Child _ = Daemon.start(home, port, "haproxy", "-db", "-f", proxy.toString());
          RunningAgent agent =
              RunningAgent.start(
                  folder,
                  config(
                      Map.of(
                          "one", nginx.url(0),
                          "five", nginx.url(1),
                          "many", nginx.url(2),
                          "proxy", "http://127.0.0.1:%d/".formatted(port),
                          "once", once.url())))) {
        agent.process().until("it holds many", () -> stands(agent, "many", "holding"));
        agent.process().until("it gave up one", () -> stands(agent, "one", "off"));
        agent.process().until("it gave up once", () -> stands(agent, "once", "off"));
        agent.process().pass(LEARNING);
        agent.process().until("five is learned", () -> breaks(agent, of("five")) >= 2);
        agent.process().until("proxy is learned", () -> breaks(agent, of("proxy")) >= 2);
        double learned = breaks(agent);
        agent.process().pass(LEARNED);
        assertEquals(learned, breaks(agent), () -> "breaks: " + agent.process());
        assertTrue(stands(agent, "five", "holding") && stands(agent, "proxy", "holding"));
        assertEquals(0, breaks(agent, by("outage")));
        assertEquals(0, breaks(agent, by("unknown")));
        assertEquals(0, sum(series(agent, "allclear_blips_total")));
        assertEquals(0, agent.incidents().size());
      }
    }
  }

  @Test
  @Execution(CONCURRENT)
  void aReloadAndAKilledWorkerAreNoOutage() throws IOException, InterruptedException {
    try (Master nginx = Master.start(folder.resolve("nginx"), "75s");
        RunningAgent agent =
            RunningAgent.start(folder, config(Map.of("shop", nginx.url(0) + ", every: 5m")))) {
      agent.process().until("it holds", () -> stands(agent, "shop", "holding"));
      nginx.reload();
      agent.process().until("it saw the reload", () -> breaks(agent, by("closed")) == 1);
      agent.process().until("it holds again", () -> stands(agent, "shop", "holding"));
      nginx.killWorker();
      agent.process().until("it saw the worker die", () -> breaks(agent) == 2);
      agent.process().until("it holds again", () -> stands(agent, "shop", "holding"));
      assertEquals(0, breaks(agent, by("outage")));
      assertEquals(0, agent.incidents().size());
    }
  }

  @Test
  @Execution(CONCURRENT)
  void aKilledServerIsSeenLongBeforeTheNextProbe() throws IOException, InterruptedException {
    try (Nginx nginx = Nginx.start(folder);
        RunningAgent agent =
            RunningAgent.start(
                folder, config(Map.of("shop", nginx.url("/up") + ", every: " + SELDOM)))) {
      agent.process().until("it holds", () -> stands(agent, "shop", "holding"));
      Truth onset = Truth.of(nginx::kill);
      JsonNode incident = agent.awaitIncident();
      onset.assertWithin(incident.path("onset"));
      agent.process().until("it was counted", () -> breaks(agent, by("outage")) == 1);
      Truth restored = Truth.of(nginx::startAgain);
      JsonNode verified = agent.awaitMoment(incident.path("id").asString(), "verified");
      restored.assertWithin(verified.path("restored"));
      agent.process().until("it holds again", () -> stands(agent, "shop", "holding"));
    }
  }

  @Test
  @Execution(CONCURRENT)
  void aServerThatHangsIsSeenByThePing() throws IOException, InterruptedException {
    String detect = ", every: " + SELDOM + ", timeout: 500ms, tripwire: {ping: 250ms}";
    try (Nginx nginx = Nginx.start(folder);
        RunningAgent agent =
            RunningAgent.start(folder, config(Map.of("shop", nginx.url("/up") + detect)))) {
      agent.process().until("it holds", () -> stands(agent, "shop", "holding"));
      agent.process().until("it asks", () -> nginx.wasAsked("/up", 10));
      Truth onset = Truth.of(nginx::freeze);
      JsonNode incident = agent.awaitIncident();
      onset.assertWithin(incident.path("onset"), Duration.ofSeconds(5));
      Truth restored = Truth.of(nginx::thaw);
      JsonNode verified = agent.awaitMoment(incident.path("id").asString(), "verified");
      restored.assertWithin(verified.path("restored"));
    }
  }
}
