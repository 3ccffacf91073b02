package dev.allclear.agent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WatchingTest {

  @Test
  void movesTheWorldsPortsAndTheLedgerAndNothingElse() {
    String config =
        """
        agent: {id: demo, listen: 127.0.0.1:9844, ledger: allclear.db}  # keeps it
        resolvers:
          obeys: {address: 127.0.0.1:9861}
          clamps: {address: 127.0.0.1:9862}
          stale: {address: 127.0.0.1:9863}
        authority: 127.0.0.1:9860
        # curl http://127.0.0.1:9850/
        get: http://shop.allclear.test:9852/healthz
        """;
    assertEquals(
        """
        agent: {id: demo, listen: 127.0.0.1:9844, ledger: '/tmp/it''s here/$1.db'}  # keeps it
        resolvers:
          obeys: {address: 127.0.0.1:13}
          clamps: {address: 127.0.0.1:14}
          stale: {address: 127.0.0.1:15}
        authority: 127.0.0.1:12
        # curl http://127.0.0.1:10/
        get: http://shop.allclear.test:11/healthz
        """,
        Watching.fitted(
            config, new Ports(10, 11, 12, 13, 14, 15), Path.of("/tmp/it's here/$1.db")));
  }

  @Test
  void fitsTheConfigThatOperatorsStartFrom() {
    String config = Watching.config(new Ports(10, 11, 12, 13, 14, 15), Path.of("/tmp/ledger"));
    assertTrue(config.contains("http://shop.allclear.test:11/healthz"), config);
    assertTrue(config.contains("ledger: '/tmp/ledger'"), config);
    assertFalse(config.matches("(?s).*:98[5-6]\\d\\b.*"), config);
  }

  @Test
  void asksAsPatientlyAsItIsTold() {
    String config =
        Watching.config(
            new Ports(10, 11, 12, 13, 14, 15), Path.of("/tmp/ledger"), Duration.ofSeconds(2));
    assertTrue(
        config.contains(" every: 2000ms\n") && config.contains(" timeout: 2000ms\n"), config);
  }
}
