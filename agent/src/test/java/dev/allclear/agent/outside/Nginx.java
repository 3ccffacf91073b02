package dev.allclear.agent.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// A real nginx in one process, which can be killed, frozen, and told to answer 503.
final class Nginx implements AutoCloseable {
  private static final String CONFIG =
      """
      daemon off;
      master_process off;
      pid {folder}/nginx.pid;
      error_log {folder}/error.log;
      events {}
      http {
        log_format timed '$msec $status $request';
        access_log {folder}/access.log timed;
        client_body_temp_path {folder}/body;
        proxy_temp_path {folder}/proxy;
        fastcgi_temp_path {folder}/fastcgi;
        uwsgi_temp_path {folder}/uwsgi;
        scgi_temp_path {folder}/scgi;
        server {
          listen 127.0.0.1:{port};
          location / {
            if (-f {folder}/broken) { return 503; }
            return 200 "fine";
          }
        }
      }
      """;

  private final Path folder;
  private final int port;
  private Child process;

  private Nginx(Path folder, int port, Child process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  static Nginx start(Path folder) throws IOException, InterruptedException {
    int port = Ports.free();
    Files.writeString(
        folder.resolve("nginx.conf"),
        CONFIG.replace("{folder}", folder.toString()).replace("{port}", Integer.toString(port)));
    return new Nginx(folder, port, launch(folder, port));
  }

  private static Child launch(Path folder, int port) throws IOException, InterruptedException {
    String config = folder.resolve("nginx.conf").toString();
    Child process = Daemon.start(folder, port, "nginx", "-p", folder.toString(), "-c", config);
    process.until("nginx answers", () -> Web.isUp("http://127.0.0.1:%d/up".formatted(port)));
    return process;
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(port, path);
  }

  /// True once a path was asked for so many times.
  boolean wasAsked(String path, int count) throws IOException {
    String asked = "GET %s HTTP".formatted(path);
    try (Stream<String> lines = Files.lines(folder.resolve("access.log"))) {
      return lines.filter(line -> line.contains(asked)).count() >= count;
    }
  }

  /// When it answered a path with 200, in order.
  List<Instant> good(String path) throws IOException {
    String asked = " 200 GET %s HTTP".formatted(path);
    try (Stream<String> lines = Files.lines(folder.resolve("access.log"))) {
      return lines
          .filter(line -> line.contains(asked))
          .map(line -> line.substring(0, line.indexOf(' ')).replace(".", ""))
          .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
          .toList();
    }
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  void startAgain() throws IOException, InterruptedException {
    process = launch(folder, port);
  }

  void failEveryAnswer() throws IOException {
    Files.createFile(folder.resolve("broken"));
  }

  void answerAgain() throws IOException {
    Files.delete(folder.resolve("broken"));
  }

  void freeze() throws IOException, InterruptedException {
    process.signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    process.signal("CONT");
  }

  @Override
  public void close() {
    process.close();
  }
}
