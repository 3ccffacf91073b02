package dev.allclear.agent.demo;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server program with its output in a file. It ends with this process, even if that is killed,
/// since then its guard's input ends.
final class Daemon implements Closeable {
  private static final String GUARD =
      """
      exec 3<&0
      "$@" 3<&- &
      daemon=$!
      { read -r _ <&3; kill "$daemon"; } 2>/dev/null &
      wait "$daemon"
      kill $! 2>/dev/null
      """;

  private static final int LOOKS = 1500;
  private static final int APART_MILLIS = 20;

  private final String name;
  private final Path output;
  private final Process process;

  private Daemon(String name, Path output, Process process) {
    this.name = name;
    this.output = output;
    this.process = process;
  }

  /// Returns once it is ready.
  ///
  /// @throws IOException with the last it said, if it ends or does not become ready in 30 s
  static Daemon start(Path folder, Condition ready, Path program, String... arguments)
      throws IOException {
    String name = String.valueOf(program.getFileName());
    Path output = folder.resolve(name + ".log");
    List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "sh", program.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Daemon daemon = new Daemon(name, output, process);
    try {
      daemon.await(ready);
      return daemon;
    } catch (IOException e) {
      daemon.close();
      throw e;
    }
  }

  /// Something that becomes so.
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }

  static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(World.LOOPBACK), port), 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void await(Condition ready) throws IOException {
    for (int look = 0; look < LOOKS; look++) {
      if (ready.holds()) {
        return;
      }
      if (hasEnded()) {
        throw new IOException(name + " does not start: " + last());
      }
    }
    throw new IOException(name + " does not become ready: " + last());
  }

  private boolean hasEnded() throws IOException {
    try {
      return process.waitFor(APART_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name + " starts");
    }
  }

  private String last() throws IOException {
    List<String> lines = Files.readAllLines(output);
    return lines.isEmpty() ? "it says nothing" : lines.getLast();
  }

  /// It has nothing to save.
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
