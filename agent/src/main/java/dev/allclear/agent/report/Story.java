package dev.allclear.agent.report;

import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Spell;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.outage.Verdict;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.recovery.ServiceOutage;
import dev.allclear.agent.recovery.Shift;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import java.util.List;
import java.util.stream.Collectors;

/// All that a report tells of an outage, as of `now`.
public record Story(
    Incident incident, Measures measures, Failed failed, Vantage vantage, Moment now) {

  static final String NOT_YET = "not yet";

  /// A name and a value.
  public record Row(String name, String value) {}

  String title() {
    return incident.cell() + ": " + incident.kind().label() + " " + incident.id();
  }

  /// What happened, in a few sentences.
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(incident.cell()).append(" was ").append(incident.worst().level().name());
    text.append(" from ").append(Figures.day(incident.onset())).append(" UTC");
    text.append(
        incident.verified().isPresent()
            ? ", verified healthy after "
            : ", and is not verified after ");
    text.append(Figures.span(incident.recoveryTime(now))).append(" of ");
    text.append(Figures.length(incident.rto().target())).append(" allowed: ");
    text.append(incident.verdict(now).label()).append('.');
    if (incident.falseRecoveries() > 0) {
      text.append(
          " It failed again within the hold %d times.".formatted(incident.falseRecoveries()));
    }
    return text.toString();
  }

  List<Row> moments() {
    return List.of(
        new Row("onset", Figures.bounds(incident.onset())),
        new Row("detected", Figures.clock(incident.detected())),
        new Row("first good", incident.firstGood().map(Figures::bounds).orElse(NOT_YET)),
        new Row("restored", incident.restored().map(Figures::bounds).orElse(NOT_YET)),
        new Row("verified", incident.verified().map(Figures::clock).orElse(NOT_YET)));
  }

  List<Row> lengths() {
    return Lengths.of(this);
  }

  /// Who answered instead of whom, and from when on.
  public List<Row> shifts() {
    return measures.shifts().stream()
        .map(each -> new Row(each.probe() + ", " + each.label(), shift(each)))
        .toList();
  }

  private static String shift(Shift shift) {
    String all = String.join(", ", shift.to());
    String whole =
        shift
            .complete()
            .map(bounds -> "only " + all + " since " + Figures.bounds(bounds))
            .orElse("it changed too often to tell when it was over");
    String points =
        shift.curve().stream()
            .map(
                point -> "; until %s %s".formatted(Figures.clock(point.at().likely()), runs(point)))
            .collect(Collectors.joining());
    return "from %s to %s: not only %s after %s; %s"
            .formatted(
                String.join(", ", shift.from()),
                all,
                String.join(", ", shift.from()),
                Figures.bounds(shift.begun()),
                whole)
        + points;
  }

  private static String runs(Shift.Point point) {
    return point.runs().entrySet().stream()
        .map(each -> "%d runs by %s".formatted(each.getValue(), each.getKey()))
        .collect(Collectors.joining(", "));
  }

  /// Of the service in all its regions; nothing where it has but one.
  public List<Row> service() {
    ServiceOutage service = measures.service();
    if (service == null) {
      return List.of();
    }
    int all = service.regions().size();
    return List.of(
        new Row(
            "down when",
            service.downWhen().label() + " of " + String.join(", ", service.regions())),
        new Row("onset", Figures.bounds(service.onset())),
        new Row("detected", Figures.clock(service.detected())),
        new Row(
            "restored", service.restored() == null ? NOT_YET : Figures.bounds(service.restored())),
        new Row(
            "verified", service.verified() == null ? NOT_YET : Figures.clock(service.verified())),
        new Row(
            "taken",
            "%s of %s: %s"
                .formatted(
                    Figures.span(service.recoveryTime(now)),
                    Figures.length(service.rto().target()),
                    service.verdict(now).label())),
        new Row("regions verified", regions(service)),
        new Row(
            "regions up",
            service.curve().stream()
                .map(point ->
                    "%d of %d from %s".formatted(point.up(), all, Figures.clock(point.at())))
                .collect(Collectors.joining(", "))));
  }

  private static String regions(ServiceOutage service) {
    List<ServiceOutage.Region> regions = service.verifiedRegions();
    return regions.isEmpty()
        ? NOT_YET
        : regions.stream()
            .map(each ->
                "%s after %s"
                    .formatted(
                        each.name(),
                        Figures.span(service.onset().until(Bounds.at(each.verified())))))
            .collect(Collectors.joining(", "));
  }

  List<Row> levels() {
    return incident.spells().stream().map(this::level).toList();
  }

  private Row level(Spell spell) {
    Verdict verdict = incident.verdict(spell, now);
    return new Row(
        spell.level().name(),
        "%s of %s from %s: %s"
            .formatted(
                Figures.span(incident.recoveryTime(spell, now)),
                Figures.length(spell.rto().target()),
                spell.rto().from().label(),
                verdict.label()));
  }

  public List<Phase> phases() {
    return Phase.of(incident, measures, now);
  }

  /// Which phase surely took longest.
  public String costliest() {
    List<Phase> phases = phases();
    return Phase.longest(phases)
        .map(phase -> phase.name() + " took longest: " + Figures.span(phase.taken()))
        .orElse("the bounds do not tell which phase took longest");
  }

  /// What to look at, failure mode by failure mode.
  public List<String> actions() {
    return measures.findings().stream()
        .map(each -> each.mode().code() + ": " + each.text())
        .toList();
  }
}
