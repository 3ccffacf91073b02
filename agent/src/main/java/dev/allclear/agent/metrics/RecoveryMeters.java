package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.recovery.Automation;
import dev.allclear.agent.recovery.Dependency;
import dev.allclear.agent.recovery.Detector;
import dev.allclear.agent.recovery.Finding;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.recovery.Remediation;
import dev.allclear.agent.recovery.Rollback;
import dev.allclear.agent.recovery.Throughput;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The metrics of recovery (M2, M5 to M7, M9, M10) of each cell's last outage, beside those that
/// the outage has by itself. What nobody claimed is unknown and has no series.
final class RecoveryMeters {
  /// Names that are claimed, of each kind and cell.
  private static final int NAMES = 5;

  private static final Gauges.Family REMEDIATION =
      seconds(
          "allclear.remediation.start", "Onset to the first claim of doing something about it.");

  private static final Gauges.Family PENDING =
      new Gauges.Family(
          "allclear.remediation.pending", null, "Down, and nobody claims to do anything about it.");

  private static final Gauges.Family DETECTOR =
      seconds("allclear.detector.delay", "Onset to the first alert of each monitor.");

  private static final Gauges.Family AUTOMATION =
      new Gauges.Family(
          "allclear.automation", "ratio", "Share of the steps, and of their time, without people.");

  private static final Gauges.Family VERIFYING =
      seconds("allclear.restore.verification", "The restore as claimed to verified.");

  private static final Gauges.Family DONE =
      new Gauges.Family("allclear.restore.done", "bytes", "What is restored, as claimed last.");

  private static final Gauges.Family TOTAL =
      new Gauges.Family("allclear.restore.total", "bytes", "What is to be restored, as claimed.");

  private static final Gauges.Family RATE =
      new Gauges.Family(
          "allclear.restore.bytes.per.second", null, "How fast the restore got on, as claimed.");

  private static final Gauges.Family ETA =
      seconds("allclear.restore.eta.timestamp", "When the restore will be done at that rate.");

  private static final Gauges.Family AT_RISK =
      new Gauges.Family(
          "allclear.restore.at.risk", null, "Open, and no restore at that rate meets the RTO.");

  private static final Gauges.Family DEPENDENCY =
      seconds("allclear.dependency.restored", "Onset until a service it depends on was restored.");

  private static final Gauges.Family ROLLBACK =
      seconds("allclear.rollback", "Start of the rollback until completed, as claimed; verified.");

  private static final Gauges.Family FINDINGS =
      new Gauges.Family("allclear.outage.findings", null, "What there is to look at, by mode.");

  private final Gauges gauges;
  private final Bounded<Cell> detectors = new Bounded<>(NAMES);
  private final Bounded<Cell> restores = new Bounded<>(NAMES);

  RecoveryMeters(Gauges gauges) {
    this.gauges = gauges;
  }

  void show(Incident incident, Measures measures, Moment now) {
    Tags owner = Labels.of(incident.cell());
    Remediation remediation = measures.remediation();
    gauges.show(
        REMEDIATION,
        owner,
        Readings.of(
            incident.onset(), Optional.ofNullable(remediation).map(Remediation::afterOnset)));
    boolean pending = incident.verified().isEmpty() && remediation == null;
    gauges.show(PENDING, owner, pending ? 1 : 0);
    gauges.show(AUTOMATION, owner, automation(measures.automation()));
    gauges.show(
        VERIFYING,
        owner,
        Readings.of(Bounds.at(now), Optional.ofNullable(measures.sinceClaimedRestore())));
    gauges.show(ROLLBACK, owner, rollback(measures.rollback()));
    gauges.show(FINDINGS, owner, findings(measures));
    detectors(incident, measures, owner);
    dependencies(incident, measures, owner);
    restores(incident, measures, owner, now);
  }

  private static Map<Tags, Double> automation(Automation automation) {
    return automation.steps() == 0
        ? Map.of()
        : Map.of(
            share("steps", "min"),
            (double) automation.automatic() / automation.steps(),
            share("steps", "max"),
            (double) automation.automatic() / automation.steps(),
            share("time", "min"),
            automation.least(),
            share("time", "max"),
            automation.most());
  }

  private static Tags share(String of, String bound) {
    return Readings.bound(bound).and("of", of);
  }

  private static Map<Tags, Double> rollback(@Nullable Rollback rollback) {
    Map<Tags, Double> readings = new HashMap<>();
    if (rollback != null) {
      put(readings, Tags.of("to", "completed"), rollback.started(), rollback.taken());
      put(readings, Tags.of("to", "verified"), rollback.started(), rollback.verified());
    }
    return readings;
  }

  private static Map<Tags, Double> findings(Measures measures) {
    Map<Tags, Double> readings = new HashMap<>();
    for (Finding finding : measures.findings()) {
      readings.merge(Tags.of("mode", finding.mode().code()), 1.0, Double::sum);
    }
    return readings;
  }

  private void detectors(Incident incident, Measures measures, Tags owner) {
    Map<Tags, Double> readings = new HashMap<>();
    for (Detector detector : measures.detectors()) {
      String name = detectors.of(incident.cell(), detector.name());
      put(readings, Tags.of("detector", name), incident.onset(), detector.late());
    }
    gauges.show(DETECTOR, owner, readings);
  }

  private void dependencies(Incident incident, Measures measures, Tags owner) {
    Map<Tags, Double> readings = new HashMap<>();
    for (Dependency dependency : measures.dependencies()) {
      Cell cell = dependency.incident().cell();
      Tags whose = Tags.of("dependency", cell.service(), "dependency_region", cell.region());
      put(readings, whose, incident.onset(), dependency.restored());
    }
    gauges.show(DEPENDENCY, owner, readings);
  }

  private void restores(Incident incident, Measures measures, Tags owner, Moment now) {
    Map<Tags, Double> done = new HashMap<>();
    Map<Tags, Double> total = new HashMap<>();
    Map<Tags, Double> rate = new HashMap<>();
    Map<Tags, Double> eta = new HashMap<>();
    for (Throughput restore : measures.restores()) {
      Tags what = Tags.of("what", restores.of(incident.cell(), restore.what()));
      done.put(what, (double) restore.done());
      rate.put(what, restore.rate());
      if (restore.total() > 0) {
        total.put(what, (double) restore.total());
      }
      Duration left = restore.remaining();
      if (left != null && !restore.isDone()) {
        eta.put(what, Seconds.up(restore.last().likely().plus(left).wall()));
      }
    }
    gauges.show(DONE, owner, done);
    gauges.show(TOTAL, owner, total);
    gauges.show(RATE, owner, rate);
    gauges.show(ETA, owner, eta);
    Map<Tags, Double> risk =
        measures.restores().isEmpty()
            ? Map.of()
            : Map.of(Tags.empty(), measures.isAtRisk(incident, now) ? 1.0 : 0.0);
    gauges.show(AT_RISK, owner, risk);
  }

  private static void put(
      Map<Tags, Double> readings, Tags whose, Bounds start, @Nullable Span length) {
    Readings.of(start, Optional.ofNullable(length))
        .forEach((bound, reading) -> readings.put(bound.and(whose), reading));
  }

  private static Gauges.Family seconds(String name, String help) {
    return new Gauges.Family(name, "seconds", help);
  }
}
