package dev.allclear.agent.outside;

import java.io.Closeable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A real blackbox_exporter and the Prometheus that has it probe URLs at an interval.
final class Scraper implements Closeable {
  private static final String MODULES =
      """
      modules:
        http_2xx: {prober: http, timeout: 2s}
      """;

  private static final String CONFIG =
      """
      global: {scrape_interval: {every}s, scrape_timeout: {timeout}s}
      scrape_configs:
        - job_name: probes
          metrics_path: /probe
          params: {module: [http_2xx]}
          static_configs: [{targets: [{targets}]}]
          relabel_configs:
            - {source_labels: [__address__], target_label: __param_target}
            - {source_labels: [__param_target], target_label: instance}
            - {target_label: __address__, replacement: "127.0.0.1:{blackbox}"}
      """;

  /// What a probe came to, with the time that Prometheus gives it: when the scrape began.
  record Sample(Instant at, boolean good) {}

  private final String path;
  private final int port;
  private final Child blackbox;
  private final Child prometheus;

  private Scraper(String path, int port, Child blackbox, Child prometheus) {
    this.path = path;
    this.port = port;
    this.blackbox = blackbox;
    this.prometheus = prometheus;
  }

  static Scraper start(Path folder, String exporter, Duration every, List<String> urls)
      throws IOException, InterruptedException {
    Path modules = Files.writeString(folder.resolve("blackbox.yml"), MODULES);
    int probing = Ports.free();
    Child blackbox =
        Child.start(
            folder,
            List.of(
                exporter, "--config.file=" + modules, "--web.listen-address=127.0.0.1:" + probing));
    Daemon.awaitPort(blackbox, probing);
    Path config = folder.resolve("prometheus.yml");
    String targets = urls.stream().map(url -> "\"" + url + "\"").collect(Collectors.joining(", "));
    Files.writeString(
        config,
        CONFIG
            .replace("{every}", Long.toString(every.toSeconds()))
            .replace("{timeout}", Long.toString(Math.min(3, every.toSeconds())))
            .replace("{targets}", targets)
            .replace("{blackbox}", Integer.toString(probing)));
    int port = Ports.free();
    Child prometheus =
        Daemon.start(
            folder,
            port,
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port);
    prometheus.until("ready", () -> Web.isUp("http://127.0.0.1:%d/-/ready".formatted(port)));
    return new Scraper(folder.toFile().getName(), port, blackbox, prometheus);
  }

  /// What it asks of every server, which is the name of its folder.
  String path() {
    return path;
  }

  /// All of a URL, in order.
  List<Sample> samples(String url) throws IOException, InterruptedException {
    String query = "probe_success{instance=\"" + url + "\"}[1h]";
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    JsonNode values =
        Web.json(Web.get("http://127.0.0.1:%d/api/v1/query?query=%s".formatted(port, encoded)))
            .path("data")
            .path("result")
            .path(0)
            .path("values");
    List<Sample> samples = new ArrayList<>();
    for (JsonNode value : values) {
      long millis = Math.round(value.path(0).asDouble() * 1000);
      samples.add(new Sample(Instant.ofEpochMilli(millis), value.path(1).asString().equals("1")));
    }
    return samples;
  }

  /// CPU time of both.
  Duration cpu() {
    return blackbox.cpu().plus(prometheus.cpu());
  }

  @Override
  public void close() {
    prometheus.close();
    blackbox.close();
  }
}
