package dev.allclear.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Blindness;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.State;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.recovery.Tale;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final String CELL = "region=\"eu\",service=\"checkout\",vantage=\"eu-west-1a\"";

  private final Metrics metrics = new Metrics(Life.VANTAGE, "0.1.0");

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void countsRunsByOutcomeAndCause() {
    observe(Outcome.pass());
    observe(Outcome.pass());
    observe(Outcome.fail(Cause.TIMEOUT, "no answer"));
    observe(Outcome.inconclusive("interrupted"));

    assertEquals(2, run("none", "pass"));
    assertEquals(1, run("timeout", "fail"));
    assertEquals(1, run("local", "inconclusive"));
    assertEquals(
        4,
        value("allclear_probe_duration_seconds_count{depth=\"deep\",probe=\"buy\"," + CELL + "}"));
  }

  @Test
  void sortsDurationsIntoBuckets() {
    observe(Outcome.pass());

    String bucket = "allclear_probe_duration_seconds_bucket{depth=\"deep\",probe=\"buy\",";
    assertEquals(0, value(bucket + CELL + ",le=\"0.25\"}"));
    assertEquals(1, value(bucket + CELL + ",le=\"0.5\"}"));
    assertEquals(1, value(bucket + CELL + ",le=\"+Inf\"}"));
  }

  @Test
  void upIsTheLastConclusiveOutcome() {
    String up = "allclear_probe_up{probe=\"buy\"," + CELL + "}";
    observe(Outcome.inconclusive("interrupted"));
    assertFalse(text().contains("allclear_probe_up"));

    observe(Outcome.fail(Cause.STATUS, "503"));
    observe(Outcome.inconclusive("interrupted"));
    assertEquals(0, value(up));

    observe(Outcome.pass());
    assertEquals(1, value(up));
  }

  @Test
  void forgetsPhasesOfStepsThatTheLastRunDidNotReach() {
    metrics.observed(Life.CHECKOUT, Life.journey(Outcome.pass(), "log in", "pay"), Duration.ZERO);
    assertEquals(
        0.05,
        value(
            "allclear_step_phase_seconds{phase=\"wait\",probe=\"buy\",region=\"eu\","
                + "service=\"checkout\",step=\"pay\",vantage=\"eu-west-1a\"}"));

    metrics.observed(Life.CHECKOUT, Life.journey(Outcome.pass(), "log in"), Duration.ZERO);
    assertEquals(6, phases("log in"));
    assertEquals(0, phases("pay"));
  }

  @Test
  void countsStepsByOutcome() {
    metrics.observed(Life.CHECKOUT, Life.polled(3), Duration.ZERO);
    metrics.observed(Life.CHECKOUT, Life.polled(5), Duration.ZERO);

    assertEquals(2, step("booked", "journey", "pass"));
    assertEquals(0, step("booked", "journey", "fail"));
    assertEquals(2, step("gold", "journey", "skipped"));
    assertEquals(2, step("cancel", "cleanup", "fail"));
    assertEquals(
        5,
        value(
            "allclear_step_tries{probe=\"buy\",region=\"eu\",service=\"checkout\","
                + "step=\"booked\",vantage=\"eu-west-1a\"}"));
  }

  /// Whatever happens to them.
  @Test
  void aStepHasAtMostThirteenSeries() {
    for (Cause cause : Cause.values()) {
      Outcome outcome =
          cause == Cause.LOCAL ? Outcome.inconclusive("local") : Outcome.fail(cause, "no");
      metrics.observed(Life.CHECKOUT, Life.journey(outcome, "booked"), Duration.ZERO);
    }
    metrics.observed(Life.CHECKOUT, Life.journey(Outcome.pass(), "booked"), Duration.ZERO);
    metrics.observed(Life.CHECKOUT, Life.polled(3), Duration.ZERO);
    metrics.observed(Life.CHECKOUT, Life.journey(Outcome.pass(), "booked"), Duration.ZERO);

    assertTrue(series("step=\"booked\"") <= 13, text());
  }

  @Test
  void namesOfStepsAreBounded() {
    for (int i = 0; i < 500; i++) {
      metrics.observed(Life.CHECKOUT, Life.journey(Outcome.pass(), "step " + i), Duration.ZERO);
    }

    assertEquals(101 * 2, series("allclear_step_runs_total{"));
    assertEquals(400, step("other", "journey", "pass"));
  }

  @Test
  void saysWhoAnsweredLastAndForgetsWhoDidBefore() {
    answered("eu-1", "1.4.2", 1);
    assertEquals(List.of(server("eu-1", "1.4.2")), servers());

    answered("eu-2", "1.4.2", 2);
    assertEquals(List.of(server("eu-2", "1.4.2")), servers());

    answered("", "1.4.3", 3);
    assertEquals(List.of(server("", "1.4.3")), servers());

    answered("", "", 4);
    assertEquals(List.of(), servers());
  }

  /// One that failed still says who gave it; one that proves nothing does not.
  @Test
  void aFailedAnswerSaysWhoGaveIt() {
    Outcome closed = Outcome.fail(Cause.STATUS, "503");
    metrics.observed(Life.CHECKOUT, Life.labelled("eu-1", "", closed, 1), Duration.ZERO);
    assertEquals(List.of(server("eu-1", "")), servers());

    Outcome again = Outcome.inconclusive("sent again");
    metrics.observed(Life.CHECKOUT, Life.labelled("eu-1", "", again, 2), Duration.ZERO);
    assertEquals(List.of(), servers());
  }

  @Test
  void fiveServersAnHourAreToldApart() {
    for (int i = 1; i <= 5; i++) {
      answered("eu-" + i, "1.4." + i, i);
    }
    answered("eu-6", "1.4.6", 6);
    assertEquals(List.of(server("other", "other")), servers());

    answered("eu-5", "1.4.1", 3600);
    assertEquals(List.of(server("eu-5", "1.4.1")), servers());

    answered("eu-6", "1.4.6", 3602.5);
    assertEquals(List.of(server("eu-6", "1.4.6")), servers());

    answered("eu-7", "1.4.7", 3602.7);
    assertEquals(List.of(server("eu-7", "other")), servers());
  }

  private void answered(String servedBy, String version, double seconds) {
    metrics.observed(
        Life.CHECKOUT, Life.labelled(servedBy, version, Outcome.pass(), seconds), Duration.ZERO);
  }

  private static String server(String servedBy, String version) {
    return "allclear_step_server_info{probe=\"buy\",region=\"eu\",served_by=\"%s\",service=\"checkout\",step=\"home\",vantage=\"eu-west-1a\",version=\"%s\"} 1"
        .formatted(servedBy, version);
  }

  private List<String> servers() {
    return text().lines().filter(line -> line.startsWith("allclear_step_server_info{")).toList();
  }

  private long phases(String step) {
    return text()
        .lines()
        .filter(line -> line.startsWith("allclear_step_phase_seconds{"))
        .filter(line -> line.contains("step=\"" + step + "\""))
        .count();
  }

  private long series(String part) {
    return text().lines().filter(line -> line.contains(part)).count();
  }

  private double step(String name, String part, String outcome) {
    return value(
        "allclear_step_runs_total{outcome=\"%s\",part=\"%s\",probe=\"buy\",region=\"eu\",service=\"checkout\",step=\"%s\",vantage=\"eu-west-1a\"}"
            .formatted(outcome, part, name));
  }

  @Test
  void exactlyOneStateIsOne() {
    Health unknown = Health.unknown(Life.CHECKOUT, Map.of("home", Depth.SHALLOW));
    Health down = unknown.after(Life.detected(Life.between(10, 11), 12));

    metrics.health(unknown);
    assertStates("unknown", 0);
    metrics.health(down);
    assertStates("down", 1);
  }

  @Test
  void boundsTheLastOutage() {
    metrics.restored(Life.changes());

    double newYear = Life.at(0).wall().getEpochSecond();
    assertEquals(newYear + 10, bound("allclear_outage_onset_timestamp_seconds", "earliest"));
    assertEquals(newYear + 10.5, bound("allclear_outage_onset_timestamp_seconds", "likely"));
    assertEquals(newYear + 11, bound("allclear_outage_onset_timestamp_seconds", "latest"));
    assertEquals(newYear + 12, value("allclear_outage_detected_timestamp_seconds{" + CELL + "}"));
    assertEquals(newYear + 62, value("allclear_outage_verified_timestamp_seconds{" + CELL + "}"));
    assertEquals(1, bound("allclear_detection_seconds", "min"));
    assertEquals(2, bound("allclear_detection_seconds", "max"));
    assertEquals(39, bound("allclear_downtime_seconds", "min"));
    assertEquals(41, bound("allclear_downtime_seconds", "max"));
    assertEquals(50, bound("allclear_recovery_seconds", "likely"));
    assertEquals(31, bound("allclear_verification_seconds", "min"));
    assertEquals(32, bound("allclear_verification_seconds", "max"));
  }

  @Test
  void boundsAreRoundedOutwards() {
    Duration instant = Duration.ofNanos(1);
    Bounds onset = new Bounds(Life.at(10).plus(instant), Life.at(10.5), Life.at(11).plus(instant));
    happened(
        new Change(
            Life.CHECKOUT,
            new Event.Detected(
                Life.at(12).plus(instant),
                "checkout-eu-1",
                onset,
                Set.of("home"),
                "home",
                Cause.STATUS,
                "503",
                Life.RTO)));

    double newYear = Life.at(0).wall().getEpochSecond();
    assertEquals(newYear + 10, bound("allclear_outage_onset_timestamp_seconds", "earliest"));
    assertEquals(newYear + 11.001, bound("allclear_outage_onset_timestamp_seconds", "latest"));
    assertEquals(
        newYear + 12.001, value("allclear_outage_detected_timestamp_seconds{" + CELL + "}"));
  }

  private void happened(Change change) {
    metrics.happened(change, History.of(List.of(change)).last(change.cell()).orElse(null));
  }

  @Test
  void saysNothingOfWhatIsNotBounded() {
    Bounds onset = new Bounds(Moment.UNBOUNDED, Life.at(10), Life.at(11));
    happened(new Change(Life.CHECKOUT, Life.detected(onset, 12)));

    assertFalse(text().contains("bound=\"earliest\""));
    assertFalse(text().contains("bound=\"max\""));
    assertEquals(1, bound("allclear_detection_seconds", "min"));
    assertFalse(text().contains("allclear_recovery_seconds"));
    assertFalse(text().contains("NaN"));
  }

  @Test
  void aRelapseTakesBackWhatWasVerified() {
    List<Change> untilRelapse = Life.changes().subList(0, 17);
    metrics.restored(untilRelapse.subList(0, 16));
    assertTrue(text().contains("allclear_recovery_seconds"));

    History history = History.of(untilRelapse);
    metrics.happened(untilRelapse.getLast(), history.incidents().getLast());
    assertFalse(text().contains("allclear_recovery_seconds"));
    assertFalse(text().contains("allclear_outage_verified_timestamp_seconds"));
  }

  @Test
  void restartsWithTheCountersOfTheLedger() {
    metrics.watched(Life.CHECKOUT, Life.RTO);
    metrics.restored(Life.changes());
    try (Metrics live = new Metrics(Life.VANTAGE, "0.1.0")) {
      live.watched(Life.CHECKOUT, Life.RTO);
      Life.happened(live, Life.changes());
      assertEquals(live.scrape(Metrics.contentType("")), metrics.scrape(Metrics.contentType("")));
    }

    assertEquals(1, value("allclear_blips_total{" + CELL + "}"));
    assertEquals(1, value("allclear_false_starts_total{" + CELL + "}"));
    assertEquals(1, value("allclear_false_recoveries_total{" + CELL + "}"));
    assertEquals(2.5, value("allclear_unobserved_seconds_total{" + CELL + "}"));
    assertEquals(1, value(recoveries("met")));
    assertEquals(0, value(recoveries("missed")));
  }

  @Test
  void countsABlindnessOnceHoweverManyServicesItHides() {
    Event blind = new Event.Blind(Life.at(30), Life.at(20), Blindness.STOPPED, "stopped for 10s");
    Event longer = new Event.Blind(Life.at(33), Life.at(25), Blindness.NETWORK, "no witness");
    for (String service : List.of("a", "b")) {
      happened(new Change(new Cell(service, Cell.GLOBAL), blind));
    }
    happened(new Change(new Cell("a", Cell.GLOBAL), longer));

    assertEquals(
        10.0, value("allclear_blind_seconds_total{reason=\"stopped\",vantage=\"eu-west-1a\"}"));
    assertEquals(
        3.0, value("allclear_blind_seconds_total{reason=\"network\",vantage=\"eu-west-1a\"}"));
    assertEquals(
        0.0, value("allclear_blind_seconds_total{reason=\"suspended\",vantage=\"eu-west-1a\"}"));
  }

  @Test
  void countsASetClockOnceHoweverManyServicesAreTold() {
    for (String service : List.of("a", "b")) {
      Cell cell = new Cell(service, Cell.GLOBAL);
      metrics.happened(
          new Change(cell, new Event.ClockSet(Life.at(30), Duration.ofHours(-1))), null);
    }
    assertEquals(1, value("allclear_clock_steps_total{direction=\"back\",vantage=\"eu-west-1a\"}"));
    assertEquals(
        0, value("allclear_clock_steps_total{direction=\"forward\",vantage=\"eu-west-1a\"}"));
  }

  @Test
  void eventsAfterAnOutageAreNotItsOwn() {
    metrics.restored(Life.changes());
    String before = text();

    Change healthy = new Change(Life.CHECKOUT, new Event.Healthy(Life.at(400)));
    metrics.happened(healthy, History.of(Life.changes()).incidents().getLast());

    assertEquals(before, text());
  }

  @Test
  void measuresARecoveryThatIsClaimed() {
    Incident till = Life.claimed();
    Expected expected = Expected.NOTHING;
    Moment now = Life.at(200);
    metrics.measured(till, Measures.of(till, expected, List.of(), now), now);

    assertEquals(9, till("allclear_remediation_start_seconds", "bound=\"min\""));
    assertEquals(21, till("allclear_remediation_start_seconds", "bound=\"max\""));
    assertEquals(0, till("allclear_remediation_pending", ""));
    assertEquals(20, till("allclear_restore_bytes_per_second", "what=\"db\""));
    assertEquals(300, till("allclear_restore_done_bytes", "what=\"db\""));
    assertEquals(8, till("allclear_rollback_seconds", "bound=\"min\",", "to=\"completed\""));
    assertEquals(19, till("allclear_restore_verification_seconds", "bound=\"min\""));
    assertEquals(1, till("allclear_automation_ratio", "bound=\"min\",of=\"steps\""));
    assertEquals(1, till("allclear_outage_findings", "mode=\"F1\""));
  }

  @Test
  void whatNobodyClaimsIsUnknown() {
    Incident till = Tale.of(Life.TILL.service()).incident();
    Moment now = Life.at(200);
    metrics.measured(till, Measures.of(till, Expected.NOTHING, List.of(), now), now);

    assertEquals(1, till("allclear_remediation_pending", ""));
    for (String unknown : List.of("remediation_start", "automation", "rollback", "restore")) {
      assertEquals(0, series("allclear_" + unknown + "_"), unknown);
    }
  }

  /// Of the only series of the till that has all these labels.
  private double till(String family, String... labels) {
    List<String> found =
        text()
            .lines()
            .filter(line -> line.startsWith(family + "{"))
            .filter(line -> List.of(labels).stream().allMatch(line::contains))
            .toList();
    assertEquals(1, found.size(), found::toString);
    return Double.parseDouble(found.getFirst().replaceAll(".* ", ""));
  }

  @Test
  void comparesWhatServersAnswer() {
    String agreement = "allclear_dns_agreement{name=\"shop.example\"," + CELL + "}";
    look(Map.of("users", "192.0.2.1", "office", "192.0.2.1"), Outcome.pass());
    assertEquals(1, value(agreement));
    assertEquals(60, ttl("office"));

    Outcome differ = Outcome.fail(Cause.DNS, "they differ");
    look(Map.of("users", "192.0.2.1", "office", "192.0.2.2"), differ);
    assertEquals(0, value(agreement));

    look(Map.of("users", "192.0.2.1", "office", ""), Outcome.fail(Cause.TIMEOUT, "no answer"));
    assertEquals(0, value(agreement));
    assertEquals(60, ttl("users"));
    assertFalse(
        text()
            .contains(
                "allclear_dns_ttl_seconds{name=\"shop.example\",region=\"eu\",server=\"office"));

    look(Map.of("users", ""), Outcome.inconclusive("interrupted"));
    assertEquals(60, ttl("users"));
    assertEquals(
        0.06,
        value(
            "allclear_dns_answer_latency_seconds_sum{name=\"shop.example\",region=\"eu\","
                + "server=\"users\",service=\"checkout\",vantage=\"eu-west-1a\"}"));
  }

  @Test
  void tellsHowFarAChangeOfANameHasSpread() {
    Standing standing = Life.spreading();
    StepRun step = Objects.requireNonNull(standing.answers().get("office"));
    metrics.dns(Life.CHECKOUT, standing, step, Life.at(30));
    metrics.dns(Life.CHECKOUT, standing, step, Life.at(30));
    String name = "name=\"www.example\",";
    String rest = ",vantage=\"eu-west-1a\"}";
    assertEquals(
        0.75,
        value(
            "allclear_dns_flipped_ratio{bound=\"certain\","
                + name
                + "of=\"users\",region=\"eu\",service=\"checkout\""
                + rest));
    assertEquals(
        8.98,
        value(
            "allclear_dns_stale_seconds{"
                + name
                + "region=\"eu\",server=\"office\",service=\"checkout\""
                + rest));
    assertEquals(
        2,
        value(
            "allclear_dns_queries_total{"
                + name
                + "outcome=\"answered\",region=\"eu\",server=\"office\",service=\"checkout\""
                + rest));
    Standing well = Life.quiet();
    metrics.dns(Life.CHECKOUT, well, step, Life.at(40));
    assertFalse(text().contains("allclear_dns_eta_timestamp_seconds{"));
    assertFalse(text().contains("server=\"users\",service=\"checkout\",vantage"), "it is gone");
  }

  @Test
  void tellsWhoLooksWithWhat() {
    assertEquals(
        1, value("allclear_vantage_info{vantage=\"eu-west-1a\",vantage_region=\"eu-west\"}"));
    assertEquals(
        1,
        value(
            "allclear_build_info{java=\"%s\",vantage=\"eu-west-1a\",version=\"0.1.0\"}"
                .formatted(Runtime.version())));
  }

  @Test
  void answersInTheFormatThatWasAskedFor() {
    String openMetrics =
        Metrics.contentType("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", openMetrics);
    assertTrue(metrics.scrape(openMetrics).endsWith("# EOF\n"));

    String plain = Metrics.contentType("*/*");
    assertEquals("text/plain; version=0.0.4; charset=utf-8", plain);
    assertFalse(metrics.scrape(plain).contains("# EOF"));
  }

  private void observe(Outcome outcome) {
    metrics.observed(Life.CHECKOUT, Life.journey(outcome, "log in"), Duration.ZERO);
  }

  private void look(Map<String, String> addresses, Outcome outcome) {
    metrics.observed(Life.CHECKOUT, Life.lookup(addresses, outcome), Duration.ZERO);
  }

  private double run(String cause, String outcome) {
    return value(
        ("allclear_probe_runs_total{cause=\"%s\",depth=\"deep\",outcome=\"%s\",probe=\"buy\","
                + CELL
                + "}")
            .formatted(cause, outcome));
  }

  private double bound(String family, String bound) {
    return value(family + "{bound=\"" + bound + "\"," + CELL + "}");
  }

  private double ttl(String server) {
    return value(
        ("allclear_dns_ttl_seconds{name=\"shop.example\",region=\"eu\",server=\"%s\","
                + "service=\"checkout\",vantage=\"eu-west-1a\"}")
            .formatted(server));
  }

  private void assertStates(String current, double open) {
    for (String state : State.labels()) {
      assertEquals(
          state.equals(current) ? 1 : 0,
          value(
              "allclear_state{region=\"eu\",service=\"checkout\",state=\"%s\",vantage=\"eu-west-1a\"}"
                  .formatted(state)));
    }
    assertEquals(open, value("allclear_outage_open{" + CELL + "}"));
  }

  private double value(String series) {
    return text()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series + " in\n" + text()));
  }

  private String text() {
    return metrics.scrape(Metrics.contentType(""));
  }

  /// Labels are in the order of their names.
  private static String recoveries(String verdict) {
    return "allclear_recoveries_total{kind=\"outage\",level=\"down\","
        + CELL
        + ",verdict=\""
        + verdict
        + "\"}";
  }
}
