package dev.allclear.agent.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells starts of the machine apart: between two of them the monotonic clock goes on, whichever
/// process reads it.
final class Boot {
  private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");

  /// Each of these namespaces may shift the monotonic clock.
  private static final Path CLOCKS = Path.of("/proc/self/ns/time");

  private Boot() {}

  /// Empty where the system does not tell.
  static String current() {
    try {
      String clocks = Files.exists(CLOCKS) ? Files.readSymbolicLink(CLOCKS).toString() : "";
      return Files.readString(ID).strip() + clocks;
    } catch (IOException _) {
      return "";
    }
  }
}
