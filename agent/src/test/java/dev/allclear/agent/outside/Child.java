package dev.allclear.agent.outside;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A process of the test's own with its output in files; closing kills it.
final class Child implements AutoCloseable {
  /// A program that is being started holds for a moment every socket of the test's, and their
  /// ports.
  static final Object STARTING = new Object();

  /// Five minutes at least.
  private static final int LOOKS = 15_000;

  private final List<String> command;
  private final Process process;
  private final Path out;
  private final Path err;

  private Child(List<String> command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Child start(Path folder, List<String> command) throws IOException {
    return start(folder, command, Map.of());
  }

  /// With variables beside those of the test's own environment.
  static Child start(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    Path out = Files.createTempFile(folder, "child", ".out");
    Path err = Files.createTempFile(folder, "child", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = start(builder);
    process.getOutputStream().close();
    return new Child(command, process, out, err);
  }

  private static Process start(ProcessBuilder builder) throws IOException {
    synchronized (STARTING) {
      return builder.start();
    }
  }

  /// The exit code, once the process has ended.
  int await(Duration limit) throws InterruptedException, IOException {
    assertTrue(process.waitFor(limit.toMillis(), MILLISECONDS), "still running: " + this);
    return process.exitValue();
  }

  /// Lets time pass, during which the process must not end.
  void pass(Duration time) throws InterruptedException, IOException {
    assertFalse(process.waitFor(time.toMillis(), MILLISECONDS), "ended early: " + this);
  }

  /// Lets the process go on until something is so, looking every 20 ms: how soon is up to the
  /// machine.
  void until(String what, Condition isSo) throws IOException, InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      if (isSo.holds()) {
        return;
      }
      pass(Duration.ofMillis(20));
    }
    fail("not in all that time: " + what + ": " + this);
  }

  void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int code = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    assertTrue(code == 0, "kill -" + name + " failed");
  }

  /// SIGKILL; returns when the process is gone.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// CPU time that it has used so far.
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  void killChildren() {
    process.children().forEach(ProcessHandle::destroyForcibly);
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  List<String> lines() throws IOException {
    return out().lines().toList();
  }

  /// Something that becomes so.
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  @Override
  public String toString() {
    try {
      return "%s\n--- stdout\n%s--- stderr\n%s".formatted(String.join(" ", command), out(), err());
    } catch (IOException e) {
      return String.join(" ", command) + " (output unreadable: " + e.getMessage() + ")";
    }
  }

  /// The children of a stopped or shell-wrapped process go with it.
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
