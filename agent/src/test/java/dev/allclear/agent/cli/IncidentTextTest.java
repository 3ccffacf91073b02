package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.at;
import static dev.allclear.agent.cli.Past.between;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IncidentTextTest {
  private static final Duration RTO = Duration.ofMinutes(2);
  private static final Moment LATER = at(45_678);
  private static final PrintWriter NOWHERE = new PrintWriter(new StringWriter());

  /// Of the timeline.
  private static final String RECOVERY =
      """
        12:00:08.129 (12:00:08.003 to 12:00:08.256)  first-good    detect passes again
        12:00:08.256                                 verifying     every required probe passes
        12:00:08.129 (12:00:08.003 to 12:00:08.256)  restored      every required probe works from here on
        12:00:12.011                                 verified      verified healthy, hold begins
      """;

  private static final String CLOSED =
      """
        12:00:17.013                                 closed        hold ended: all clear
      """;

  private final IncidentText text = new IncidentText(new Console(NOWHERE, NOWHERE, false));

  @Test
  void tellsAnOutageThatMetItsObjective() {
    assertEquals(
        closed("met", "met, RTO 2m00s from onset, taken 11.6s (11.0s to 12.2s)"),
        whole(Past.closed(RTO), LATER));
  }

  @Test
  void tellsAnOutageThatMissedItsObjective() {
    assertEquals(
        closed("missed", "missed, RTO 10s from onset, taken 11.6s (11.0s to 12.2s)"),
        whole(Past.closed(Duration.ofSeconds(10)), LATER));
  }

  @Test
  void tellsWhatWouldHaveDecidedAnInconclusiveOne() {
    assertEquals(
        closed(
            "inconclusive",
            "inconclusive, RTO 11.5s from onset, taken 11.6s (11.0s to 12.2s); the objective lies"
                + " inside these bounds: probe more often to decide it"),
        whole(Past.closed(Duration.ofMillis(11_500)), LATER));
  }

  private static String closed(String verdict, String sentence) {
    return """
    shop-20260101-120001               shop           closed  onset 2026-01-01 12:00:00.504  taken 11.6s (11.0s to 12.2s)       %s
    shop: outage shop-20260101-120001
      onset         12:00:00.504 (12:00:00.003 to 12:00:01.006)
      detected      12:00:01.403
      first good    12:00:08.129 (12:00:08.003 to 12:00:08.256)
      restored      12:00:08.129 (12:00:08.003 to 12:00:08.256)
      verified      12:00:12.011
      detection     0.8s (0.2s to 1.4s)
      downtime      7.6s (6.8s to 8.4s)
      verification  3.90s (3.75s to 4.05s)
      recovery      10.608s
      verdict       %s
      12:00:00.504 (12:00:00.003 to 12:00:01.006)  onset         detect: connection refused
      12:00:01.403                                 detected      down: detect
    """
            .formatted(verdict, sentence)
        + RECOVERY
        + CLOSED;
  }

  @Test
  void tellsAnOutageThatGoesOn() {
    assertEquals(
        open("45.2s (44.6s to 45.8s)", "open"),
        whole(Past.incident(Past.detected(Past.ONSET, RTO), List.of()), LATER));
  }

  @Test
  void tellsAnOutageThatGoesOnAndHasCertainlyLastedTooLong() {
    assertEquals(
        open("3m19s (3m18s to 3m20s)", "missed"),
        whole(Past.incident(Past.detected(Past.ONSET, RTO), List.of()), at(200_000)));
  }

  private static String open(String taken, String verdict) {
    return """
    shop-20260101-120001               shop           open    onset 2026-01-01 12:00:00.504  taken %s       %s
    shop: outage shop-20260101-120001, still open
      onset         12:00:00.504 (12:00:00.003 to 12:00:01.006)
      detected      12:00:01.403
      first good    not yet
      restored      not yet
      verified      not yet
      detection     0.8s (0.2s to 1.4s)
      downtime      not yet
      verification  not yet
      recovery      not yet
      verdict       %s, RTO 2m00s from onset, taken %s
      12:00:00.504 (12:00:00.003 to 12:00:01.006)  onset         detect: connection refused
      12:00:01.403                                 detected      down: detect
    """
        .formatted(taken, verdict, verdict, taken);
  }

  @Test
  void claimsNothingAboutTheTimeBeforeTheFirstLook() {
    Bounds onset = new Bounds(Moment.UNBOUNDED, at(987), at(997));

    assertEquals(
        """
        shop-20260101-120001               shop           closed  onset before 2026-01-01 12:00:00.997  taken at least 11.014s             inconclusive
        shop: outage shop-20260101-120001
          onset         before 12:00:00.997
          detected      12:00:01.403
          first good    12:00:08.129 (12:00:08.003 to 12:00:08.256)
          restored      12:00:08.129 (12:00:08.003 to 12:00:08.256)
          verified      12:00:12.011
          detection     at least 406ms
          downtime      at least 7.006s
          verification  3.90s (3.75s to 4.05s)
          recovery      10.608s
          verdict       inconclusive, RTO 2m00s from onset, taken at least 11.014s; it was down at the first look: nobody saw it begin
          before 12:00:00.997                          onset         detect: connection refused
          12:00:01.403                                 detected      down: detect
        """
            + RECOVERY
            + CLOSED,
        whole(Past.incident(Past.detected(onset, RTO), Past.recovery()), LATER));
  }

  @Test
  void countsRelapsesFalseStartsAndUnobservedTime() {
    List<Event> events = new ArrayList<>();
    events.add(new Event.FirstGood(at(4_009), "detect", between(3_759, 4_009), Set.of("pay")));
    events.add(
        new Event.FalseStart(
            at(5_013), "detect", between(4_513, 4_763), Cause.STATUS, "status 503"));
    events.addAll(Past.recovery().subList(0, 3));
    events.add(
        new Event.Relapsed(
            at(14_017), "detect", between(13_513, 13_763), Cause.STATUS, "status 500"));
    events.add(new Event.Blind(at(17_251), at(16_017), "agent not running"));
    events.add(new Event.FirstGood(at(18_019), "detect", between(17_759, 18_019), Set.of()));
    events.add(new Event.Verifying(at(18_019)));
    events.add(new Event.Verified(at(21_023), between(17_759, 18_019)));
    events.add(new Event.Closed(at(26_027)));

    assertEquals(
        """
        shop-20260101-120001               shop           closed  onset 2026-01-01 12:00:00.504  taken 20.6s (20.0s to 21.2s)       met
        shop: outage shop-20260101-120001
          onset         12:00:00.504 (12:00:00.003 to 12:00:01.006)
          detected      12:00:01.403
          first good    12:00:03.884 (12:00:03.759 to 12:00:04.009)
          restored      12:00:17.889 (12:00:17.759 to 12:00:18.019)
          verified      12:00:21.023
          detection     0.8s (0.2s to 1.4s)
          downtime      17.4s (16.6s to 18.2s)
          verification  17.15s (17.00s to 17.30s)
          recovery      19.62s
          relapses      1 false recovery, 1 false start
          unobserved    1.234s
          verdict       met, RTO 2m00s from onset, taken 20.6s (20.0s to 21.2s)
          12:00:00.504 (12:00:00.003 to 12:00:01.006)  onset         detect: connection refused
          12:00:01.403                                 detected      down: detect
          12:00:03.884 (12:00:03.759 to 12:00:04.009)  first-good    detect passes again, not yet pay
          12:00:04.638 (12:00:04.513 to 12:00:04.763)  false-start   detect: status 503
        """
            + RECOVERY
            + """
              12:00:13.638 (12:00:13.513 to 12:00:13.763)  relapse       false recovery: detect: status 500
              12:00:16.017 (12:00:16.017 to 12:00:17.251)  blind         agent not running
              12:00:17.889 (12:00:17.759 to 12:00:18.019)  first-good    detect passes again
              12:00:18.019                                 verifying     every required probe passes
              12:00:17.889 (12:00:17.759 to 12:00:18.019)  restored      every required probe works from here on
              12:00:21.023                                 verified      verified healthy, hold begins
              12:00:26.027                                 closed        hold ended: all clear
            """,
        whole(Past.incident(Past.detected(Past.ONSET, RTO), events), LATER));
  }

  @Test
  void coloursTheVerdictOnATerminal() {
    IncidentText coloured = new IncidentText(new Console(NOWHERE, NOWHERE, true));
    Incident incident = Past.closed(RTO);

    assertEquals(
        text.line(incident, LATER).replace(" met", " \u001b[32mmet\u001b[0m"),
        coloured.line(incident, LATER));
    assertEquals(
        "\u001b[1mshop: outage shop-20260101-120001\u001b[0m",
        coloured.summary(incident, LATER).getFirst());
  }

  /// The line of lists, the summary, the timeline.
  private String whole(Incident incident, Moment now) {
    List<String> lines = new ArrayList<>();
    lines.add(text.line(incident, now));
    lines.addAll(text.summary(incident, now));
    lines.addAll(text.timeline(incident));
    return String.join("\n", lines) + "\n";
  }
}
