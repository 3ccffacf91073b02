package dev.allclear.agent.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A real nginx with a master and a worker, and a port for each length of time that it leaves idle
/// connections open.
final class Master implements AutoCloseable {
  private static final String CONFIG =
      """
      daemon off;
      worker_processes 1;
      pid {folder}/nginx.pid;
      error_log {folder}/error.log;
      events {}
      http {
        access_log off;
        client_body_temp_path {folder}/body;
        proxy_temp_path {folder}/proxy;
        fastcgi_temp_path {folder}/fastcgi;
        uwsgi_temp_path {folder}/uwsgi;
        scgi_temp_path {folder}/scgi;
      {servers}
      }
      """;

  private final List<Integer> ports;
  private final Child process;

  private Master(List<Integer> ports, Child process) {
    this.ports = ports;
    this.process = process;
  }

  static Master start(Path folder, String... idle) throws IOException, InterruptedException {
    List<Integer> ports = new ArrayList<>();
    for (String _ : idle) {
      ports.add(Ports.free());
    }
    List<String> servers = new ArrayList<>();
    for (int i = 0; i < idle.length; i++) {
      servers.add(
          "  server { listen 127.0.0.1:%d; keepalive_timeout %s; location / { return 200 fine; } }"
              .formatted(ports.get(i), idle[i]));
    }
    Path config = Files.createDirectories(folder).resolve("nginx.conf");
    Files.writeString(
        config,
        CONFIG
            .replace("{folder}", folder.toString())
            .replace("{servers}", servers.stream().collect(Collectors.joining("\n"))));
    Child process =
        Daemon.start(
            folder, ports.getLast(), "nginx", "-p", folder.toString(), "-c", config.toString());
    return new Master(ports, process);
  }

  String url(int server) {
    return "http://127.0.0.1:%d/healthz".formatted(ports.get(server));
  }

  int port(int server) {
    return ports.get(server);
  }

  /// A new worker takes over; the old one closes what is idle.
  void reload() throws IOException, InterruptedException {
    process.signal("HUP");
  }

  /// The master starts another.
  void killWorker() {
    process.killChildren();
  }

  @Override
  public void close() {
    process.close();
  }
}
