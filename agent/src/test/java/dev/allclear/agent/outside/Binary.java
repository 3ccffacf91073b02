package dev.allclear.agent.outside;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The real `bin/allclear`, as a user types it.
final class Binary {
  /// The folder of the sources, which holds `bin` and `config`.
  static final Path HOME =
      Path.of(requireNonNull(System.getProperty("allclear.home"), "allclear.home is not set"))
          .toAbsolutePath()
          .normalize();

  /// More than any command takes, on the slowest machine.
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Binary() {}

  static Child start(Path folder, String... arguments) throws IOException {
    return start(folder, Map.of(), arguments);
  }

  static Child start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    Stream<String> binary = Stream.of(HOME.resolve("bin/allclear").toString());
    List<String> command = Stream.concat(binary, Stream.of(arguments)).toList();
    return Child.start(folder, command, environment);
  }

  /// Runs a command that ends by itself within the limit.
  static Finished run(Path folder, Duration limit, String... arguments)
      throws IOException, InterruptedException {
    return finish(start(folder, arguments), limit);
  }

  static Finished run(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(folder, LIMIT, arguments);
  }

  /// With variables beside those of the test's own environment.
  static Finished run(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return finish(start(folder, environment, arguments), LIMIT);
  }

  private static Finished finish(Child started, Duration limit)
      throws IOException, InterruptedException {
    try (Child child = started) {
      int code = child.await(limit);
      return new Finished(code, child.out(), child.err());
    }
  }

  /// What a command left behind.
  record Finished(int code, String out, String err) {}
}
