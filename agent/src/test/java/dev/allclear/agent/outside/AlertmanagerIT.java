package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real Prometheus notices by itself that something is down, and a real Alertmanager tells the
/// agent.
final class AlertmanagerIT {
  private static final String TOKEN = "a-token-of-the-test";

  private static final String ALERTMANAGER =
      """
      route: {receiver: allclear, group_wait: 0s, group_interval: 1s, repeat_interval: 1m}
      receivers:
        - name: allclear
          webhook_configs:
            - url: "{url}"
              http_config: {authorization: {type: Bearer, credentials: "{token}"}}
      """;

  private static final String PROMETHEUS =
      """
      global: {scrape_interval: 1s, evaluation_interval: 1s}
      rule_files: ["{rules}"]
      alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:{alertmanager}"]}]}]}
      scrape_configs:
        - job_name: till
          static_configs: [{targets: ["127.0.0.1:{till}"]}]
      """;

  private static final String RULES =
      """
      groups:
        - name: till
          rules:
            - {alert: TillIsDown, expr: 'up{job="till"} == 0', labels: {service: shop}}
      """;

  private int alertmanagerPort;

  @TempDir private Path folder;

  @Test
  void whatAnotherMonitorSeesIsClaimedOnce() throws IOException, InterruptedException {
    int till = Ports.free();
    try (DemoWorld world = DemoWorld.start(folder);
        RunningAgent agent =
            RunningAgent.start(folder, config(world), Map.of("CLAIMS_TOKEN", TOKEN))) {
      agent.awaitHealthy();
      world.breakWest();
      String id = agent.awaitIncident().path("id").asString();
      try (Child alertmanager = alertmanager(agent);
          Child prometheus = prometheus(till)) {
        Instant before = Instant.now();
        alertmanager.until("fired", () -> !claims(agent, id).isEmpty());
        JsonNode fired = claims(agent, id).getFirst();
        assertEquals("detector-fired", fired.path("type").asString());
        assertEquals("alertmanager", fired.path("detector").asString());
        assertEquals("TillIsDown", fired.path("alert").asString());
        Instant at = Instant.parse(fired.path("at").path("likely").asString());
        assertTrue(at.isAfter(before.minusSeconds(60)) && at.isBefore(Instant.now()), at::toString);

        HttpServer mended = till(till);
        prometheus.until("cleared", () -> claims(agent, id).size() > 1);
        mended.stop(0);
        JsonNode cleared = claims(agent, id).get(1);
        assertEquals("detector-cleared", cleared.path("type").asString());
        assertEquals("TillIsDown", cleared.path("alert").asString());
        assertEquals("open", agent.incident(id).path("state").asString());
      }
    }
  }

  private static List<JsonNode> claims(RunningAgent agent, String id)
      throws IOException, InterruptedException {
    return agent.incident(id).path("claims").valueStream().toList();
  }

  private static Path config(DemoWorld world) throws IOException {
    Path config = world.config();
    String text = Files.readString(config);
    return Files.writeString(
        config, text.replace("\nagent:\n", "\nagent:\n  claims-token: \"${env:CLAIMS_TOKEN}\"\n"));
  }

  private Child alertmanager(RunningAgent agent) throws IOException, InterruptedException {
    String url = agent.url("/api/v1/webhooks/alertmanager");
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(config, ALERTMANAGER.replace("{url}", url).replace("{token}", TOKEN));
    alertmanagerPort = Ports.free();
    return Daemon.start(
        folder,
        alertmanagerPort,
        "prometheus-alertmanager",
        "--config.file=" + config,
        "--storage.path=" + folder.resolve("alertmanager"),
        "--cluster.listen-address=",
        "--web.listen-address=127.0.0.1:" + alertmanagerPort);
  }

  private Child prometheus(int till) throws IOException, InterruptedException {
    Path rules = Files.writeString(folder.resolve("rules.yml"), RULES);
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        PROMETHEUS
            .replace("{rules}", rules.toString())
            .replace("{alertmanager}", String.valueOf(alertmanagerPort))
            .replace("{till}", String.valueOf(till)));
    int port = Ports.free();
    return Daemon.start(
        folder,
        port,
        "prometheus",
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("tsdb"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  /// It has no metrics, but it is up.
  private static HttpServer till(int port) throws IOException {
    HttpServer till =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    till.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    till.start();
    return till;
  }
}
