package dev.allclear.agent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DaemonTest {
  private static final Path SHELL = Path.of("/bin/sh");

  @TempDir private Path folder;

  @Test
  void whatDoesNotStartSaysWhyInItsLastLine() {
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                Daemon.start(
                    folder, () -> false, SHELL, "-c", "echo reading; echo no such zone; exit 1"));
    assertEquals("sh does not start: no such zone", e.getMessage());
  }

  @Test
  void whatDoesNotStartMaySayNothing() {
    IOException e =
        assertThrows(
            IOException.class, () -> Daemon.start(folder, () -> false, SHELL, "-c", "exit 0"));
    assertEquals("sh does not start: it says nothing", e.getMessage());
  }

  @Test
  void closingEndsTheServerAndNotOnlyItsGuard() throws IOException {
    Path pid = folder.resolve("pid");
    Daemon daemon =
        Daemon.start(
            folder,
            () -> Files.exists(pid) && Files.size(pid) > 0,
            SHELL,
            "-c",
            "echo $$ >pid; while :; do sleep 60; done");
    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    daemon.close();
    server.onExit().join();
    assertFalse(server.isAlive());
  }
}
