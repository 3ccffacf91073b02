package dev.allclear.agent.outside;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A real DNS server on a port of loopback, run by `agent/src/it/dns/start` with its files in a
/// folder of its own.
final class DnsServer implements Closeable {
  private static final Path SCRIPT = Binary.HOME.resolve("agent/src/it/dns/start");

  private final Path folder;
  private final int port;
  private final List<String> command;
  private Child process;

  private DnsServer(Path folder, int port, List<String> command, Child process) {
    this.folder = folder;
    this.port = port;
    this.command = command;
    this.process = process;
  }

  /// Runs on so many ports in a row, of which the first is for UDP and TCP; the options are in the
  /// software's own words.
  static DnsServer start(
      Path folder, String software, int ports, List<String> upstreams, List<String> options)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int port = Ports.block(ports);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(SCRIPT.toString(), software, folder.toString()));
    command.add(Integer.toString(port));
    command.add(String.join(",", upstreams));
    command.addAll(options);
    return new DnsServer(folder, port, command, launch(folder, port, command));
  }

  private static Child launch(Path folder, int port, List<String> command)
      throws IOException, InterruptedException {
    Child process = Child.start(folder, command);
    Daemon.awaitPort(process, port);
    return process;
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /// Lets the server go on until something is so.
  void until(String what, Child.Condition isSo) throws IOException, InterruptedException {
    process.until(what, isSo);
  }

  /// Lets the server go on until an instant.
  void until(Instant instant) throws IOException, InterruptedException {
    Duration time = Duration.between(Instant.now(), instant);
    if (time.isPositive()) {
      process.pass(time);
    }
  }

  void kill() {
    process.close();
  }

  void startAgain() throws IOException, InterruptedException {
    process.close();
    process = launch(folder, port, command);
  }

  @Override
  public void close() {
    process.close();
  }
}
