package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.config.BadConfig;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentTest {
  private static final Clock CLOCK =
      () -> new Moment(Instant.parse("2026-01-01T00:00:00Z"), System.nanoTime(), 1);

  @TempDir Path folder;

  private Settings settings(String listen) throws IOException, BadConfig {
    Path file = folder.resolve("allclear.yaml");
    Files.writeString(
        file,
        """
        agent: {listen: "%s"}
        services:
          shop: {rto: 2m, detect: "http://127.0.0.1:1/"}
        """
            .formatted(listen));
    return Settings.load(file, _ -> null);
  }

  @Test
  void oneThatCannotStartLeavesNoSignOfLife() throws IOException, BadConfig {
    try (ServerSocket taken = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Ledger ledger = Ledger.inMemory()) {
      Settings settings = settings("127.0.0.1:" + taken.getLocalPort());
      assertThrows(
          IOException.class,
          () -> Agent.start(settings, CLOCK, ledger, new SplittableRandom(1), List.of()));
      assertEquals(Optional.empty(), ledger.lastPulse());
    }
  }
}
