package dev.allclear.agent.recovery;

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
      Expected expected) {
    failedSteps(steps);
    restores.forEach(this::slow);
    incident.dns().forEach(this::tail);
    dependencies.forEach(this::dependency);
    falseGreens();
    new RunbookDrift(expected.runbook(), steps)
        .texts()
        .forEach(text -> add(Finding.Mode.RUNBOOK_DRIFT, text));
    contradictions(steps);
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

  private void contradictions(List<Step> steps) {
    steps.stream()
        .filter(step -> step.started() == null)
        .forEach(step ->
            add(Finding.Mode.CLAIM, "step `" + step.name() + "` ended; nobody said that it began"));
    steps.stream()
        .filter(step -> step.finished() == null && !incident.isOpen())
        .forEach(step ->
            add(Finding.Mode.CLAIM, "step `" + step.name() + "` began; nobody said that it ended"));
    Map<String, Said.RestoreProgress> before = new HashMap<>();
    for (Claims.Told<Said.RestoreProgress> told : claims.of(Said.RestoreProgress.class)) {
      Said.RestoreProgress last = before.put(told.said().what(), told.said());
      if (last != null && told.said().done() < last.done()) {
        add(
            Finding.Mode.CLAIM,
            "the progress of a restore fell from %d to %d bytes"
                .formatted(last.done(), told.said().done()));
      }
    }
    if (claims.of(Said.IntegrityChecked.class).stream().anyMatch(told -> !told.said().passed())) {
      add(Finding.Mode.FALSE_GREEN, "an integrity check failed");
    }
  }
}
