package dev.allclear.agent.outside;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// A real Prometheus that scrapes one target every second.
final class Prometheus implements AutoCloseable {
  private static final String CONFIG =
      """
      global: {scrape_interval: 1s}
      scrape_configs:
        - job_name: allclear
          static_configs: [{targets: ["127.0.0.1:{port}"]}]
      """;

  private final int port;
  private final Child process;

  private Prometheus(int port, Child process) {
    this.port = port;
    this.process = process;
  }

  static Prometheus start(Path folder, int target) throws IOException, InterruptedException {
    int port = Ports.free();
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, CONFIG.replace("{port}", Integer.toString(target)));
    Child process =
        Daemon.start(
            folder,
            port,
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port);
    // It listens before it answers queries.
    process.until("ready", () -> Web.isUp("http://127.0.0.1:%d/-/ready".formatted(port)));
    return new Prometheus(port, process);
  }

  /// Waits until a query has a result that is not 0, so that what it asks for is there.
  void await(String query) throws IOException, InterruptedException {
    process.until(query, () -> value(query) > 0);
  }

  /// The first value of an instant query, or 0 if nothing matches.
  private double value(String query) throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    String url = "http://127.0.0.1:%d/api/v1/query?query=%s".formatted(port, encoded);
    JsonNode results = Web.json(Web.get(url)).path("data").path("result");
    return results.isEmpty()
        ? 0
        : Double.parseDouble(results.get(0).path("value").get(1).asString());
  }

  @Override
  public void close() {
    process.close();
  }
}
