package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A real web application, started by its script in a folder of `agent/src/it`. Its files are in a
/// folder of the test's, where they can be broken.
final class App implements AutoCloseable {
  private static final Path SCRIPTS = Binary.HOME.resolve("agent/src/it");

  private final String name;
  private final Path folder;
  private final int port;
  private final int ports;
  private Child process;

  private App(String name, Path folder, int port, int ports, Child process) {
    this.name = name;
    this.folder = folder;
    this.port = port;
    this.ports = ports;
    this.process = process;
  }

  static App start(String name, Path folder) throws IOException, InterruptedException {
    return start(name, folder, 1);
  }

  /// One that listens on so many ports in a row.
  static App start(String name, Path folder, int ports) throws IOException, InterruptedException {
    int port = Ports.block(ports);
    return new App(name, folder, port, ports, launch(name, folder, port, ports));
  }

  private static Child launch(String name, Path folder, int port, int ports)
      throws IOException, InterruptedException {
    String script = SCRIPTS.resolve(name).resolve("start").toString();
    Child process = Child.start(folder, List.of(script, Integer.toString(port), folder.toString()));
    for (int each = port; each < port + ports; each++) {
      Daemon.awaitPort(process, each);
    }
    return process;
  }

  int port() {
    return port;
  }

  Path file(String path) {
    return folder.resolve(path);
  }

  /// Runs a journey of the application's `journey.yaml`, with secrets from the environment.
  Verdict probe(String journey, Map<String, String> environment)
      throws IOException, InterruptedException {
    return Verdict.of(folder, "journey.yaml", journey, environment);
  }

  /// Changes a file of the application's; what is there to change must be there.
  void edit(String path, String from, String to) throws IOException {
    String text = Files.readString(file(path));
    assertTrue(text.contains(from), () -> "no " + from + " in " + path + ":\n" + text);
    Files.writeString(file(path), text.replace(from, to));
  }

  void kill() {
    process.close();
  }

  void startAgain() throws IOException, InterruptedException {
    process.close();
    process = launch(name, folder, port, ports);
  }

  @Override
  public void close() {
    process.close();
  }
}
