package dev.allclear.agent.outside;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// A real nginx in one process, which can be killed, frozen, told to answer 503, and given another
/// certificate.
final class Nginx implements Closeable {
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
        map $ssl_server_name $pem { default {folder}/site.pem; }
        server {
          listen {address}:{port}{security};
          location / {
            if (-f {folder}/broken) { return 503; }
            return 200 "fine";
          }
        }
      }
      """;

  private static final String SECURITY = " ssl; ssl_certificate $pem; ssl_certificate_key $pem";

  private final Path folder;
  private final Segment segment;
  private final String address;
  private final int port;
  private final boolean secure;
  private Child process;

  private Nginx(Path folder, Segment segment, String address, int port, boolean secure)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.segment = segment;
    this.address = address;
    this.port = port;
    this.secure = secure;
    Files.writeString(
        folder.resolve("nginx.conf"),
        CONFIG
            .replace("{folder}", folder.toString())
            .replace("{address}", address)
            .replace("{port}", Integer.toString(port))
            .replace("{security}", secure ? SECURITY : ""));
    process = launch();
  }

  static Nginx start(Path folder) throws IOException, InterruptedException {
    return start(folder, "127.0.0.1", Ports.free());
  }

  static Nginx start(Path folder, String address, int port)
      throws IOException, InterruptedException {
    return new Nginx(folder, Segment.HERE, address, port, false);
  }

  /// In a network of its own.
  static Nginx start(Path folder, Segment segment) throws IOException, InterruptedException {
    return new Nginx(folder, segment, segment.address(), Ports.free(), false);
  }

  /// Over TLS, with a key and a certificate that {@link #present} can change.
  static Nginx secure(Path folder, Path pem) throws IOException, InterruptedException {
    Files.copy(pem, folder.resolve("site.pem"));
    return new Nginx(folder, Segment.HERE, "127.0.0.1", Ports.free(), true);
  }

  private Child launch() throws IOException, InterruptedException {
    String config = folder.resolve("nginx.conf").toString();
    String nginx = Daemon.executable("nginx").toString();
    Child child =
        Child.start(folder, segment.within(List.of(nginx, "-p", folder.toString(), "-c", config)));
    Daemon.awaitPort(child, address, port);
    if (!secure) {
      child.until("nginx answers", () -> Web.isUp(url("/up")));
    }
    return child;
  }

  String url(String path) {
    return "%s://%s:%d%s".formatted(secure ? "https" : "http", address, port, path);
  }

  int port() {
    return port;
  }

  /// So many requests have come, and were answered.
  long asked() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("access.log"))) {
      return lines.count();
    }
  }

  /// So many of them for a path.
  long asked(String path) throws IOException {
    String asked = "GET %s HTTP".formatted(path);
    try (Stream<String> lines = Files.lines(folder.resolve("access.log"))) {
      return lines.filter(line -> line.contains(asked)).count();
    }
  }

  /// True once a path was asked for so many times.
  boolean wasAsked(String path, int count) throws IOException {
    return asked(path) >= count;
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
    process = launch();
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

  /// Handshakes from now on get this.
  void present(Path pem) throws IOException {
    Path next = Files.copy(pem, folder.resolve("site.pem.next"));
    Files.move(next, folder.resolve("site.pem"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    process.close();
  }
}
