package dev.allclear.agent.report;

import dev.allclear.agent.outage.DnsTail;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.recovery.Dependency;
import dev.allclear.agent.recovery.Detector;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.recovery.Remediation;
import dev.allclear.agent.recovery.Rollback;
import dev.allclear.agent.recovery.Throughput;
import dev.allclear.agent.report.Story.Row;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The metrics of recovery of one outage, a row each. M4 is of many outages.
final class Lengths {
  private final Incident incident;
  private final Measures measures;

  private Lengths(Story story) {
    this.incident = story.incident();
    this.measures = story.measures();
  }

  static List<Row> of(Story story) {
    return new Lengths(story).rows();
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("M1 detection", Figures.span(incident.detection())));
    detectors().forEach(rows::add);
    rows.add(new Row("M2 reaction", reaction()));
    rows.add(new Row("M3 downtime (onset to restored)", length(incident.downtime().orElse(null))));
    rows.add(
        new Row("M3 recovery (detected to verified)", length(incident.recovery().orElse(null))));
    if (measures.declared() != null) {
      rows.add(new Row("M3 declared to verified", Figures.span(measures.declared())));
    }
    rows.add(new Row("M5 automation", automation()));
    rows.add(new Row("M6 verification", length(measures.verification())));
    measures.restores().forEach(each -> rows.add(new Row("M7 restore", restore(each))));
    incident.dns().forEach(each -> rows.add(new Row("M8 DNS", dns(each))));
    measures.dependencies().forEach(each -> rows.add(new Row("M9 dependency", dependency(each))));
    rows.add(new Row("M10 rollback", rollback(measures.rollback())));
    return rows;
  }

  private Stream<Row> detectors() {
    return measures.detectors().stream()
        .filter(each -> !each.name().equals(Detector.OWN))
        .map(each -> new Row("M1 detection by " + each.name(), Figures.span(each.late())));
  }

  private String reaction() {
    Remediation remediation = measures.remediation();
    if (remediation == null) {
      String overdue = incident.overdue().isPresent() ? ", and it was overdue" : "";
      return "unknown: nobody claimed it" + overdue;
    }
    return Figures.span(remediation.afterDetection()) + " after detected";
  }

  private String automation() {
    int steps = measures.automation().steps();
    return steps == 0
        ? "unknown: no step was claimed"
        : "%d of %d steps, %.0f to %.0f %% of their time"
            .formatted(
                measures.automation().automatic(),
                steps,
                Math.floor(100 * measures.automation().least()),
                Math.ceil(100 * measures.automation().most()));
  }

  private static String restore(Throughput restore) {
    String what = restore.what().isEmpty() ? "" : restore.what() + ": ";
    String total = restore.total() == 0 ? "" : " of " + bytes((double) restore.total());
    String rate = " at " + bytes(restore.rate()) + "/s";
    return what + bytes((double) restore.done()) + total + rate + end(restore);
  }

  private static String end(Throughput restore) {
    if (restore.completed() != null) {
      return ", completed at " + Figures.bounds(restore.completed());
    }
    Duration left = restore.remaining();
    return restore.isDone()
        ? ", done"
        : left == null ? "" : ", " + Figures.length(left) + " from then on";
  }

  private static String bytes(double count) {
    int power = count < 1000 ? 0 : (int) Math.min(4, Math.floor(Math.log10(count) / 3));
    String unit = List.of("B", "kB", "MB", "GB", "TB").get(power);
    return String.format(Locale.ROOT, "%.1f %s", count / Math.pow(1000, power), unit);
  }

  private static String dns(DnsTail tail) {
    if (tail.first() == null) {
      return tail.name() + ": no authority was seen to change";
    }
    String whole = tail.whole() == null ? "not everywhere yet" : Figures.span(tail.whole());
    String last = tail.limit() == null ? "" : ", the last was " + tail.limit().server();
    return tail.name() + ": " + whole + last;
  }

  private static String dependency(Dependency dependency) {
    String name = dependency.incident().cell().toString();
    String order =
        switch (dependency.began()) {
          case BEFORE -> "was down before";
          case AFTER -> "was down after";
          case UNDETERMINED -> "was down at about the same time";
        };
    Span restored = dependency.restored();
    return name
        + " "
        + order
        + ", "
        + (restored == null ? "is not restored" : "restored " + Figures.span(restored) + " after");
  }

  private static String rollback(@Nullable Rollback rollback) {
    if (rollback == null) {
      return "none claimed";
    }
    String taken = rollback.taken() == null ? "not ended" : Figures.span(rollback.taken());
    String verified =
        rollback.verified() == null
            ? taken
            : taken + ", verified after " + Figures.span(rollback.verified());
    return rollback.read() == null
        ? verified
        : verified + "; " + rollback.to() + " read at " + Figures.bounds(rollback.read());
  }

  private static String length(@Nullable Span span) {
    return span == null ? Story.NOT_YET : Figures.span(span);
  }
}
