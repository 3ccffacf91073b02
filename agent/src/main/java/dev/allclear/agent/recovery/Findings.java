package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Contradictions;
import dev.allclear.agent.outage.DnsTail;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What there is to look at after an outage, failure mode by failure mode.
final class Findings {
  /// So long nothing is heard of a restore that goes on: it may have stopped.
  private static final Duration SILENT = Duration.ofMinutes(5);

  private final Incident incident;
  private final Claims claims;
  private final Moment now;
  private final List<Finding> found = new ArrayList<>();

  Findings(Incident incident, Claims claims, Moment now) {
    this.incident = incident;
    this.claims = claims;
    this.now = now;
  }

  List<Finding> of(
      List<Step> steps,
      List<Throughput> restores,
      List<Dependency> dependencies,
      List<Dependency> control,
      @Nullable Rollback rollback,
      Expected expected) {
    failedSteps(steps);
    restores.forEach(this::slow);
    incident.dns().forEach(this::tail);
    control.forEach(this::controlPlane);
    dependencies.forEach(this::dependency);
    capacity();
    falseGreens();
    new RunbookDrift(expected.runbook(), steps)
        .texts()
        .forEach(text -> add(Finding.Mode.RUNBOOK_DRIFT, text));
    contradictions(steps, rollback);
    return List.copyOf(found);
  }

  private void add(Finding.Mode mode, String text) {
    found.add(new Finding(mode, text));
  }

  private void failedSteps(List<Step> steps) {
    Map<String, Integer> fails = new HashMap<>();
    for (Step step : steps) {
      if (step.isFailed()) {
        int times = fails.merge(step.name(), 1, Integer::sum);
        String again = times > 1 ? ", for the " + times + ". time" : "";
        String detail = step.detail().isEmpty() ? "" : ": " + step.detail();
        add(
            Finding.Mode.AUTOMATION_FAILED,
            "step `%s` (%s) failed%s%s".formatted(step.name(), step.mode().label(), again, detail));
      }
    }
  }

  private void slow(Throughput restore) {
    String what = restore.what().isEmpty() ? "the restore" : "the restore of " + restore.what();
    Moment deadline = incident.worst().onset().latest().plus(incident.rto().target());
    if (incident.isOpen() && restore.isAtRisk(now, Duration.ZERO, deadline)) {
      add(Finding.Mode.RESTORE_SLOW, what + " cannot end before the objective has passed");
    }
    if (incident.verified().isEmpty()
        && !restore.isDone()
        && restore.silent(now).min().compareTo(SILENT) > 0) {
      add(
          Finding.Mode.RESTORE_SLOW,
          "nothing was heard of %s for %s"
              .formatted(what, Figures.length(restore.silent(now).min())));
    }
  }

  private void tail(DnsTail tail) {
    Bounds end = tail.everywhere();
    if (end != null && incident.restored().filter(restored -> restored.isBefore(end)).isPresent()) {
      add(
          Finding.Mode.DNS_TAIL,
          "the last cache answered the new %s after the service was restored"
              .formatted(tail.name()));
    }
    for (String server : tail.lagging()) {
      add(
          Finding.Mode.DNS_TAIL,
          server + " did not come out of the outage of the authorities of " + tail.name());
    }
  }

  private void dependency(Dependency dependency) {
    String name = dependency.incident().cell().toString();
    if (dependency.mayBeCause()) {
      add(Finding.Mode.DEPENDENCY, name + ", which it depends on, was down before");
    }
    if (incident.verified().filter(dependency::wasDownAt).isPresent()) {
      add(Finding.Mode.FALSE_GREEN, "verified while " + name + ", which it depends on, was down");
    }
  }

  private void controlPlane(Dependency control) {
    Span during = control.during(incident, now);
    if (during.max().isPositive()) {
      add(
          Finding.Mode.CONTROL_PLANE,
          "%s, through which it is recovered, was down for %s of its recovery"
              .formatted(control.incident().cell(), Figures.span(during)));
    }
  }

  private void capacity() {
    if (incident.falseStarts() > 0) {
      add(
          Finding.Mode.CAPACITY,
          "it failed again %d times while it was being verified: perhaps it cannot bear its load"
              .formatted(incident.falseStarts()));
    }
  }

  private void falseGreens() {
    Span apart = incident.disagreement().length(now);
    if (apart != null) {
      add(
          Finding.Mode.FALSE_GREEN,
          "shallow probes passed while deep ones failed, for " + Figures.span(apart));
    }
    if (incident.falseRecoveries() > 0) {
      add(
          Finding.Mode.FALSE_GREEN,
          "it was verified, and failed again within the hold, %d times"
              .formatted(incident.falseRecoveries()));
    }
    claims
        .last(Said.RestoreCompleted.class)
        .filter(told -> incident.restored().filter(good -> told.when().isBefore(good)).isPresent())
        .ifPresent(told ->
            add(
                Finding.Mode.FALSE_GREEN,
                "the restore was said to be complete before the service worked"));
  }

  /// What was not told to its end is none until the outage is closed.
  private void contradictions(List<Step> steps, @Nullable Rollback rollback) {
    Contradictions.of(incident.claims()).forEach(text -> add(Finding.Mode.CLAIM, text));
    steps.stream()
        .filter(step -> step.finished() == null && !incident.isOpen())
        .forEach(step ->
            add(Finding.Mode.CLAIM, "step `" + step.name() + "` began; nobody said that it ended"));
    if (rollback != null) {
      rollback.contradictions(incident).forEach(text -> add(Finding.Mode.CLAIM, text));
    }
    if (claims.of(Said.IntegrityChecked.class).stream().anyMatch(told -> !told.said().passed())) {
      add(Finding.Mode.FALSE_GREEN, "an integrity check failed");
    }
  }
}
