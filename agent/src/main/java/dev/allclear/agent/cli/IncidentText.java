package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.agent.outage.Entry;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Verdict;
import dev.allclear.agent.recovery.Detector;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.report.Scale;
import dev.allclear.agent.report.Story;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An outage as text: its five moments and its lengths with bounds, the verdict, the timeline.
final class IncidentText {
  private final Console console;

  IncidentText(Console console) {
    this.console = console;
  }

  /// One line, for lists.
  String line(Incident incident, Moment now) {
    return String.format(
        Locale.ROOT,
        "%-34s %-14s %s  onset %s  taken %-28s %s",
        incident.id(),
        incident.cell(),
        incident.isOpen() ? "open  " : "closed",
        Figures.day(incident.onset()),
        Figures.span(incident.recoveryTime(now)),
        verdict(incident, now));
  }

  List<String> summary(Incident incident, Moment now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        console.in(Tone.STRONG, incident.cell() + ": outage " + incident.id())
            + (incident.isOpen() ? ", still open" : ""));
    lines.add(row("onset", Figures.bounds(incident.onset())));
    lines.add(row("detected", Figures.clock(incident.detected())));
    lines.add(row("first good", moment(incident.firstGood())));
    lines.add(row("restored", moment(incident.restored())));
    lines.add(row("verified", incident.verified().map(Figures::clock).orElse("not yet")));
    lines.add(row("detection", Figures.span(incident.detection())));
    lines.add(row("downtime", length(incident.downtime())));
    lines.add(row("verification", length(incident.verification())));
    lines.add(row("recovery", length(incident.recovery())));
    if (incident.falseStarts() + incident.falseRecoveries() > 0) {
      lines.add(
          row(
              "relapses",
              count(incident.falseRecoveries(), "false recovery", "false recoveries")
                  + ", "
                  + count(incident.falseStarts(), "false start", "false starts")));
    }
    if (!incident.unobserved().isZero()) {
      lines.add(row("unobserved", Figures.length(incident.unobserved())));
    }
    lines.add(row("verdict", verdict(incident, now) + ", " + against(incident, now)));
    return lines;
  }

  /// What the claims make known, and what there is to look at.
  List<String> recovery(Story story) {
    List<String> lines = new ArrayList<>();
    lines.add(row("costliest", story.costliest()));
    story.service().forEach(each -> lines.add(row("service", each.name() + ": " + each.value())));
    story.shifts().forEach(each -> lines.add(row(each.name(), each.value())));
    Measures measures = story.measures();
    lines.add(
        row(
            "reaction",
            measures.remediation() == null
                ? "unknown, nobody claimed it"
                : Figures.span(measures.remediation().afterDetection()) + " after detected"));
    measures.detectors().stream()
        .filter(each -> !each.name().equals(Detector.OWN))
        .forEach(each ->
            lines.add(
                row("detector", each.name() + " " + Figures.span(each.late()) + " after onset")));
    measures
        .findings()
        .forEach(
            each -> lines.add(console.in(Tone.DOUBTFUL, row(each.mode().code(), each.text()))));
    return lines;
  }

  /// The phases to scale.
  List<String> bars(Story story) {
    PhaseBar bar = new PhaseBar(Scale.of(story.incident(), story.now()));
    return story.phases().stream()
        .map(phase -> row(phase.name(), "|" + bar.of(phase) + "| " + Figures.span(phase.taken())))
        .toList();
  }

  List<String> timeline(Incident incident) {
    return incident.timeline().stream().map(this::entry).toList();
  }

  private String entry(Entry entry) {
    return String.format(
        Locale.ROOT, "  %-44s %-13s %s", Figures.bounds(entry.at()), entry.type(), entry.text());
  }

  private String verdict(Incident incident, Moment now) {
    Verdict verdict = incident.verdict(now);
    Tone tone =
        switch (verdict) {
          case MET -> Tone.GOOD;
          case MISSED -> Tone.BAD;
          case INCONCLUSIVE, OPEN -> Tone.DOUBTFUL;
        };
    return console.in(tone, verdict.label());
  }

  private static String against(Incident incident, Moment now) {
    String text =
        "RTO "
            + Figures.length(incident.rto().target())
            + " from "
            + incident.rto().from().label()
            + ", taken "
            + Figures.span(incident.recoveryTime(now));
    return incident.verdict(now) == Verdict.INCONCLUSIVE ? text + undecided(incident) : text;
  }

  private static String undecided(Incident incident) {
    return incident.onset().earliest().equals(Moment.UNBOUNDED)
        ? "; it was down at the first look: nobody saw it begin"
        : "; the objective lies inside these bounds: probe more often to decide it";
  }

  private static String count(int n, String one, String more) {
    return n + " " + (n == 1 ? one : more);
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "  %-13s %s", name, value);
  }

  private static String moment(Optional<Bounds> bounds) {
    return bounds.map(Figures::bounds).orElse("not yet");
  }

  private static String length(Optional<Span> span) {
    return span.map(Figures::span).orElse("not yet");
  }
}
