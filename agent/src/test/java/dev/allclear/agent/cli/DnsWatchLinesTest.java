package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Authorities;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Wanted;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DnsWatchLinesTest {
  private static final Instant DAY = Instant.parse("2026-11-22T00:00:00Z");
  private static final String LINK = "shop.example A";

  private final DnsWatchLines lines =
      new DnsWatchLines(
          new Console(
              new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false));

  private static Subject subject(@Nullable Wanted wanted, String... resolvers) {
    return new Subject(
        LINK,
        new Question("shop.example", "A"),
        wanted,
        List.of(Server.parse("192.0.2.51", "192.0.2.51").asAuthority()),
        List.of(resolvers).stream().map(each -> Server.parse(each, each)).toList(),
        Duration.ofSeconds(1));
  }

  static Moment at(double seconds) {
    long nanos = Math.round(seconds * 1e9);
    return new Moment(DAY.plusNanos(nanos), nanos, 1);
  }

  private static Sighting saw(double sent, Said said, int ttl) {
    return Sighting.of(at(sent), at(sent + 0.1), said, ttl);
  }

  /// One authority that is new between 9.5 and 10.1 s, and an office that keeps the old value.
  static Spread spread() {
    Authorities authorities =
        Authorities.of(List.of("ns1"))
            .with("ns1", saw(9.5, Said.OLD, 30))
            .with("ns1", saw(10, Said.NEW, 30));
    return new Spread(at(9.5), false, 30, authorities, List.of(Endpoint.of("office", LINK, 0)))
        .with(0, saw(10, Said.OLD, 25));
  }

  @Test
  void saysForWhatItWaitsAndWhomItAsks() {
    assertEquals(
        "shop.example A: waiting up to 10m for a change; 1 authority, 2 resolvers; Ctrl-C ends",
        lines.head(subject(null, "192.0.2.53", "192.0.2.54"), Duration.ofMinutes(10)));
    assertEquals(
        "shop.example A: waiting up to 1m30s for what is expected; 1 authority, 1 resolver;"
            + " Ctrl-C ends",
        lines.head(
            subject(new Wanted.Same(List.of("192.0.2.1")), "192.0.2.53"), Duration.ofSeconds(90)));
  }

  @Test
  void tellsWhatComesToLight() {
    assertEquals(
        List.of("now          192.0.2.1 (ttl 30 s at the authorities)"),
        lines.of(new News.Known(List.of("192.0.2.1"), 30)));
    assertEquals(
        List.of("now          (no record) (ttl 20 s at the authorities)"),
        lines.of(new News.Known(List.of(), 20)));
    assertEquals(
        List.of("T0           00:00:10.500 (00:00:10.000 to 00:00:11.000)  now 192.0.2.2"),
        lines.of(
            new News.Changed(Bounds.between(at(10), at(11)), List.of(), List.of("192.0.2.2"))));
    assertEquals(
        List.of("authority    00:00:10.500 (00:00:10.000 to 00:00:11.000)  ns1 is new"),
        lines.of(new News.Published("ns1", Bounds.between(at(10), at(11)))));
    assertEquals(
        List.of("flipped      00:00:20.500 (00:00:20.000 to 00:00:21.000)  office (cache u1)"),
        lines.of(new News.Flipped("office", "u1", new Flip(at(20), at(21), false))));
    assertEquals(
        List.of("reverted     office gives the old value again"),
        lines.of(new News.Reverted("office", "")));
    assertEquals(
        List.of("converged    00:00:20.500 (00:00:20.000 to 00:00:21.000)"),
        lines.of(new News.Converged(Bounds.between(at(20), at(21)))));
  }

  @Test
  void foretellsTheLastFlipWithWhoIsTheLimit() {
    Eta.Expected last = new Eta.Expected("office", LINK, 0, Bounds.between(at(40), at(42)));
    assertEquals(
        List.of(
            "ETA          last monitored cache flips 00:00:41.000 ±1.0 s, limited by office,"
                + " link shop.example A; not firm until every authority is new;"
                + " nothing is known of home"),
        lines.of(new News.Foretold(new Eta(List.of(last), last.at(), false, List.of("home")))));
    assertEquals(
        List.of("no cache tells when it will flip"),
        lines.of(new News.Foretold(new Eta(List.of(), null, false, List.of("home")))));
  }

  @Test
  void countsDownOnOneLine() {
    assertEquals("waiting for the change", lines.countdown(null, null, at(1)));
    assertEquals(
        "no ETA yet; caches: 0 % certain, 100 % possible of 1",
        lines.countdown(spread(), null, at(12)));
    String hour = lines.countdown(spread(), at(4000), at(12));
    assertEquals("last flip in 1h06m at most; caches: 0 % certain, 100 % possible of 1", hour);
    assertEquals(
        "past the ETA by 8s; caches: 0 % certain, 100 % possible of 1",
        lines.countdown(spread(), at(12), at(20)));
  }

  @Test
  void saysWhyNothingHappened() {
    assertEquals(
        "no change: the authorities gave the old value all the time for 12s",
        lines.nothing(true, Duration.ofSeconds(12)));
    assertEquals(
        "not known: no authority gave an answer for 12s",
        lines.nothing(false, Duration.ofSeconds(12)));
    assertEquals(
        "interrupted: the authorities gave the old value all the time", lines.nothing(true, null));
  }

  @Test
  void theEndSaysWhoIsNotThereYetAndWhatTookHowLong() {
    List<String> end = lines.summary(spread(), null, at(15), false);
    assertEquals("not converged: office gave the old value at 00:00:10.000", end.get(1));
    assertEquals(
        "  API                                not known: say --changed-at when it was ordered",
        end.get(2));
    assertEquals("  caches, last server to last cache  not known", end.get(4));
    assertTrue(end.contains("  users reached      unweighted"), end::toString);
  }

  @Test
  void theTimeFromTheOrderToTheFirstAuthorityIsBounded() {
    List<String> end = lines.summary(spread(), at(8), at(15), false);
    assertEquals("  API                                1.8s (1.5s to 2.1s)", end.get(2));
  }
}
