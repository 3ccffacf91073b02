package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A server program of the operating system's, started on loopback with its files in a folder.
final class Daemon {
  private Daemon() {}

  /// Starts a program and returns once its port accepts connections.
  static Child start(Path folder, int port, String program, String... arguments)
      throws IOException, InterruptedException {
    Stream<String> executable = Stream.of(executable(program).toString());
    List<String> command = Stream.concat(executable, Stream.of(arguments)).toList();
    Child child = Child.start(folder, command);
    awaitPort(child, port);
    return child;
  }

  /// Returns once a port of a child accepts connections; a child of which none does is closed.
  static void awaitPort(Child child, int port) throws IOException, InterruptedException {
    awaitPort(child, "127.0.0.1", port);
  }

  /// The same at another address.
  static void awaitPort(Child child, String address, int port)
      throws IOException, InterruptedException {
    try {
      child.until("port %d accepts connections".formatted(port), () -> accepts(address, port));
    } catch (IOException | InterruptedException | AssertionError e) {
      child.close();
      throw e;
    }
  }

  /// Where a program is, on PATH or among the system's own; a machine without it fails the test.
  static Path executable(String program) {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> fail("no " + program + " on this machine: bin/verify installs it"));
  }

  private static boolean accepts(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
