package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.config.Settings;
import dev.allclear.agent.ledger.LastProofs;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.ledger.Pulse;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Bounds PASS = Bounds.between(at(10), at(11));
  private static final Bounds FAIL = Bounds.between(at(20), at(21));
  private static final Pulse PULSE =
      new Pulse(at(25), List.of(new LastProofs(SHOP, "detect", PASS, FAIL)));
  private static final Change DETECTED =
      new Change(
          SHOP,
          new Event.Detected(
              at(22),
              "shop-1",
              Bounds.between(at(10), at(21)),
              Set.of("detect"),
              "detect",
              Cause.STATUS,
              "status 503",
              new Rto(Duration.ofMinutes(2), Rto.From.ONSET)));

  @TempDir private Path folder;
  private final Ledger ledger = Ledger.inMemory();

  private static Moment at(long second) {
    return new Moment(
        Instant.parse("2020-01-01T00:00:00Z").plusSeconds(second), second * 1_000_000_000, 0);
  }

  @BeforeEach
  void anOutageIsOpen() {
    ledger.append(List.of(DETECTED));
    ledger.pulse(PULSE);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void anAgentThatCannotStartLeavesTheLedgerAsItWas() throws IOException, BadConfig {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Settings taken = settings(other.getLocalPort());
      assertThrows(IOException.class, () -> start(taken));
    }
    assertEquals(List.of(DETECTED), ledger.changes());
    assertEquals(Optional.of(PULSE), ledger.lastPulse());
  }

  @Test
  void theTimeUntilItStartsAgainIsStated() throws IOException, BadConfig {
    start(settings(0)).close();

    assertEquals(List.of(PULSE.at()), gaps());
    assertEquals(ledger.session(), ledger.lastPulse().orElseThrow().at().session());
  }

  @Test
  void soItIsOfWhatWasHealthyMeanwhile() throws IOException, BadConfig {
    ledger.append(List.of(new Change(SHOP, new Event.Closed(at(24)))));
    start(settings(0)).close();

    assertEquals(List.of(PULSE.at()), gaps());
  }

  @Test
  void whatWasNeverSeenHasNoGap() throws IOException, BadConfig {
    try (Ledger fresh = Ledger.inMemory()) {
      fresh.pulse(PULSE);
      start(settings(0), fresh).close();

      assertEquals(List.of(), gaps(fresh));
    }
  }

  @Test
  void warnsThatWhoeverReachesItMayClaim() throws IOException, BadConfig {
    List<String> said = new CopyOnWriteArrayList<>();
    Handler hearing =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(Agent.class.getName());
    logger.addHandler(hearing);
    try {
      start(settings("127.0.0.1:0")).close();
      start(settings("0.0.0.0:0\", claims-token: \"a-long-token")).close();
      start(settings("0.0.0.0:0")).close();
    } finally {
      logger.removeHandler(hearing);
    }
    assertEquals(
        List.of("whoever reaches 0.0.0.0:0 may claim what happened; set `agent.claims-token`"),
        said);
  }

  /// Since when nobody had looked.
  private List<Moment> gaps() {
    return gaps(ledger);
  }

  private static List<Moment> gaps(Ledger ledger) {
    return ledger.changes().stream()
        .map(Change::event)
        .filter(Event.Blind.class::isInstance)
        .map(event -> ((Event.Blind) event).from())
        .toList();
  }

  private Agent start(Settings settings) throws IOException {
    return start(settings, ledger);
  }

  private static Agent start(Settings settings, Ledger ledger) throws IOException {
    return Agent.start(
        settings, new SystemClock(ledger.session()), ledger, new SplittableRandom(1), List.of());
  }

  private Settings settings(int port) throws IOException, BadConfig {
    return settings("127.0.0.1:" + port);
  }

  private Settings settings(String listen) throws IOException, BadConfig {
    Path file =
        Files.writeString(
            folder.resolve("allclear.yaml"),
            """
            agent: {listen: "%s"}
            services:
              shop: {rto: 2m, detect: http://127.0.0.1:1/}
            """
                .formatted(listen));
    return Settings.load(file, _ -> null);
  }
}
