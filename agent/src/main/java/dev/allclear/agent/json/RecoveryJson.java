package dev.allclear.agent.json;

import dev.allclear.agent.recovery.Automation;
import dev.allclear.agent.recovery.Dependency;
import dev.allclear.agent.recovery.Detector;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.recovery.Remediation;
import dev.allclear.agent.recovery.Rollback;
import dev.allclear.agent.recovery.Shift;
import dev.allclear.agent.recovery.Step;
import dev.allclear.agent.recovery.Throughput;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The metrics of recovery of an outage as the outside gets them; what is not known is null.
public final class RecoveryJson {
  private RecoveryJson() {}

  public static JsonObject tree(Measures measures, Moment now) {
    return new JsonObject()
        .put("detectors", measures.detectors().stream().map(RecoveryJson::detector).toList())
        .put("remediation", remediation(measures.remediation()))
        .put("sinceDeclared", IncidentJson.span(measures.declared()))
        .put("steps", measures.steps().stream().map(RecoveryJson::step).toList())
        .put("automation", automation(measures.automation()))
        .put("verification", IncidentJson.span(measures.verification()))
        .put("restores", measures.restores().stream().map(RecoveryJson::restore).toList())
        .put(
            "dependencies", measures.dependencies().stream().map(RecoveryJson::dependency).toList())
        .put("rollback", rollback(measures.rollback()))
        .put("shifts", measures.shifts().stream().map(RecoveryJson::shift).toList())
        .put("depthDisagreement", IncidentJson.span(measures.disagreement()))
        .put(
            "service",
            measures.service() == null ? null : ServiceOutageJson.tree(measures.service(), now))
        .put(
            "findings",
            measures.findings().stream()
                .map(each ->
                    new JsonObject().put("mode", each.mode().code()).put("text", each.text()))
                .toList());
  }

  private static JsonObject detector(Detector detector) {
    return new JsonObject()
        .put("name", detector.name())
        .put("fired", IncidentJson.bounds(detector.fired()))
        .put("late", IncidentJson.span(detector.late()));
  }

  private static @Nullable JsonObject remediation(@Nullable Remediation remediation) {
    return remediation == null
        ? null
        : new JsonObject()
            .put("started", IncidentJson.bounds(remediation.started()))
            .put("afterOnset", IncidentJson.span(remediation.afterOnset()))
            .put("afterDetection", IncidentJson.span(remediation.afterDetection()));
  }

  private static JsonObject step(Step step) {
    return new JsonObject()
        .put("step", step.name())
        .put("mode", step.mode().label())
        .put("runbook", step.runbook().isEmpty() ? null : step.runbook())
        .put("started", bounds(step.started()))
        .put("finished", bounds(step.finished()))
        .put("outcome", step.result() == null ? null : step.result().label())
        .put("taken", IncidentJson.span(step.taken()))
        .put("detail", step.detail().isEmpty() ? null : step.detail());
  }

  private static JsonObject automation(Automation automation) {
    JsonObject time = new JsonObject().put("min", automation.least()).put("max", automation.most());
    return new JsonObject()
        .put("automatic", automation.automatic())
        .put("steps", automation.steps())
        .put("automated", IncidentJson.span(automation.automated()))
        .put("manual", IncidentJson.span(automation.manual()))
        .put("waited", IncidentJson.span(automation.waited()))
        .put("ofTime", automation.steps() == 0 ? null : time);
  }

  private static JsonObject restore(Throughput restore) {
    return new JsonObject()
        .put("what", restore.what().isEmpty() ? null : restore.what())
        .put("doneBytes", restore.done())
        .put("totalBytes", restore.total() == 0 ? null : restore.total())
        .put("bytesPerSecond", restore.rate())
        .put("last", IncidentJson.bounds(restore.last()))
        .put("remainingSeconds", restore.remaining())
        .put("completed", bounds(restore.completed()));
  }

  private static JsonObject dependency(Dependency dependency) {
    return new JsonObject()
        .put("id", dependency.incident().id())
        .put("service", dependency.incident().cell().service())
        .put("region", dependency.incident().cell().region())
        .put("began", dependency.began().name().toLowerCase(Locale.ROOT))
        .put("restored", IncidentJson.span(dependency.restored()));
  }

  private static JsonObject shift(Shift shift) {
    return new JsonObject()
        .put("probe", shift.probe())
        .put("label", shift.label())
        .put("from", shift.from())
        .put("to", shift.to())
        .put("begun", IncidentJson.bounds(shift.begun()))
        .put("complete", bounds(shift.complete().orElse(null)))
        .put("curve", shift.curve().stream().map(RecoveryJson::point).toList());
  }

  private static JsonObject point(Shift.Point point) {
    JsonObject runs = new JsonObject();
    point.runs().forEach(runs::put);
    return new JsonObject().put("at", IncidentJson.bounds(point.at())).put("runs", runs);
  }

  private static @Nullable JsonObject rollback(@Nullable Rollback rollback) {
    return rollback == null
        ? null
        : new JsonObject()
            .put("from", rollback.from().isEmpty() ? null : rollback.from())
            .put("to", rollback.to().isEmpty() ? null : rollback.to())
            .put("started", IncidentJson.bounds(rollback.started()))
            .put("taken", IncidentJson.span(rollback.taken()))
            .put("verified", IncidentJson.span(rollback.verified()))
            .put("versionRead", bounds(rollback.read()));
  }

  private static @Nullable JsonObject bounds(@Nullable Bounds bounds) {
    return bounds == null ? null : IncidentJson.bounds(bounds);
  }
}
