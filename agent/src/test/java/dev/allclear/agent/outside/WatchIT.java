package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;

/// `allclear watch` times three kinds of outage of a real nginx, against two objectives at once.
final class WatchIT {
  private static final Duration AWAY = Duration.ofSeconds(8);

  /// For an interval of 1 s, and what the machine may keep any of us from running meanwhile: how
  /// narrow bounds are without that, the simulation tells.
  private static final Duration SHARP = Duration.ofMillis(1100).plusSeconds(3);

  /// A hang only shows when a request times out.
  private static final Duration SHARP_AFTER_TIMEOUT = SHARP.plusSeconds(2);

  @TempDir private Path folder;

  @Test
  @Execution(CONCURRENT)
  void boundsAKillAndARestart() throws IOException, InterruptedException {
    try (Nginx nginx = Nginx.start(folder)) {
      watch(nginx, nginx::kill, nginx::startAgain, SHARP);
    }
  }

  @Test
  @Execution(CONCURRENT)
  void boundsErrorsOnAnOpenPort() throws IOException, InterruptedException {
    try (Nginx nginx = Nginx.start(folder)) {
      watch(nginx, nginx::failEveryAnswer, nginx::answerAgain, SHARP);
    }
  }

  @Test
  @Execution(CONCURRENT)
  void boundsAHang() throws IOException, InterruptedException {
    try (Nginx nginx = Nginx.start(folder)) {
      watch(nginx, nginx::freeze, nginx::thaw, SHARP_AFTER_TIMEOUT);
    }
  }

  private void watch(Nginx nginx, Truth.Change fault, Truth.Change mend, Duration width)
      throws IOException, InterruptedException {
    try (Child generous = stopwatch(nginx.url("/generous"), "5m");
        Child strict = stopwatch(nginx.url("/strict"), "3s")) {
      generous.until("it knows nginx is well", () -> nginx.wasAsked("/generous", 4));
      strict.until("it knows nginx is well", () -> nginx.wasAsked("/strict", 4));
      Truth onset = Truth.of(fault);
      List<Instant> good = nginx.good("/strict");
      generous.pass(AWAY);
      Truth restored = Truth.of(mend);
      assertReport(generous, 0, "met", onset, restored, width);
      JsonNode report = assertReport(strict, 1, "missed", onset, restored, width);
      assertTellsTheLastPass(report.path("onset"), good, onset);
    }
  }

  private Child stopwatch(String url, String rto) throws IOException {
    return Binary.start(folder, "watch", url, "--rto", rto, "--outages", "1", "--json");
  }

  /// It began after the one before had been answered; the last may be another that a held
  /// connection asked, which proves nothing of new ones.
  private static void assertTellsTheLastPass(JsonNode bounds, List<Instant> good, Truth onset) {
    List<Instant> before = good.stream().filter(at -> at.isBefore(onset.before())).toList();
    Instant last = before.get(before.size() - 3);
    assertFalse(Truth.earliest(bounds).isBefore(last), () -> bounds + " after " + before);
  }

  private static JsonNode assertReport(
      Child watch, int code, String verdict, Truth onset, Truth restored, Duration width)
      throws IOException, InterruptedException {
    assertEquals(code, watch.await(Duration.ofMinutes(5)), watch::toString);
    assertEquals(1, watch.lines().size(), watch::toString);
    JsonNode incident = Web.json(watch.out());
    onset.assertWithin(incident.path("onset"), width);
    restored.assertWithin(incident.path("restored"), width);
    assertEquals(verdict, incident.path("rto").path("verdict").asString(), watch::toString);
    assertEquals("closed", incident.path("state").asString(), watch::toString);
    return incident;
  }
}
