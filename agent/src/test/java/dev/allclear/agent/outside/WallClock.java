package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/// A child's wall clock, which can be set while its monotonic one goes on (libfaketime).
final class WallClock {
  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final Path ahead;

  private WallClock(Path ahead) {
    this.ahead = ahead;
  }

  static WallClock in(Path folder) throws IOException {
    WallClock clock = new WallClock(folder.resolve("ahead"));
    clock.set(Duration.ZERO);
    return clock;
  }

  /// From now on it is so far ahead of this machine's.
  void set(Duration by) throws IOException {
    Path next = Files.writeString(ahead.resolveSibling("next"), "%+d".formatted(by.toSeconds()));
    Files.move(next, ahead, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// With these variables a child is started.
  Map<String, String> environment() throws IOException {
    return Map.of(
        "LD_PRELOAD", library().toString(),
        "FAKETIME_TIMESTAMP_FILE", ahead.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        // Else each thread that waits looks at the clock every few milliseconds.
        "FAKETIME_WAIT_MS", "50",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1",
        "NO_FAKE_STAT", "1");
  }

  private static Path library() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
      for (Path folder : folders) {
        Path library = folder.resolve("faketime/libfaketimeMT.so.1");
        if (Files.exists(library)) {
          return library;
        }
      }
    }
    return fail("no libfaketime on this machine: bin/verify installs it");
  }
}
