package dev.allclear.agent.outage;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a claim says. Texts that were not given are empty.
public sealed interface Said {

  /// Who takes a step.
  enum Mode {
    AUTO,
    MANUAL;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What came of a step.
  enum Result {
    OK,
    FAILED,
    SKIPPED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record IncidentDeclared(String summary) implements Said {}

  record FaultInjected(String fault, boolean gameDay) implements Said {}

  record Acknowledged() implements Said {}

  record RemediationStarted() implements Said {}

  /// `runbook` is where the step is described.
  record StepStarted(String step, Mode mode, String runbook) implements Said {}

  record StepFinished(String step, Mode mode, Result result, String detail) implements Said {}

  record ApprovalRequested(String what) implements Said {}

  record ApprovalGranted(String what) implements Said {}

  /// In bytes; `total` is 0 if it is not known.
  record RestoreProgress(String what, long done, long total) implements Said {}

  record RestoreCompleted(String what) implements Said {}

  record TrafficShifted(String to) implements Said {}

  /// Of a name that is not followed; of the others {@link Event.DnsClaimed} tells.
  record DnsChanged(String name) implements Said {}

  /// From the version that fails to the one before.
  record RollbackStarted(String from, String to) implements Said {}

  record RollbackCompleted(String from, String to) implements Said {}

  record IntegrityChecked(boolean passed, String detail) implements Said {}

  /// Another monitor alerts.
  record DetectorFired(String detector, String alert) implements Said {}

  record DetectorCleared(String detector, String alert) implements Said {}

  record Gauge(String name, double value, String unit) implements Said {}

  record Note(String text) implements Said {}

  /// Whether somebody does something about it.
  default boolean isRemediation() {
    return this instanceof RemediationStarted
        || this instanceof StepStarted
        || this instanceof RollbackStarted;
  }

  /// As in JSON, on the command line and in the timeline.
  default String label() {
    return switch (this) {
      case IncidentDeclared _ -> "incident-declared";
      case FaultInjected _ -> "fault-injected";
      case Acknowledged() -> "acknowledged";
      case RemediationStarted() -> "remediation-started";
      case StepStarted _ -> "step-started";
      case StepFinished _ -> "step-finished";
      case ApprovalRequested _ -> "approval-requested";
      case ApprovalGranted _ -> "approval-granted";
      case RestoreProgress _ -> "restore-progress";
      case RestoreCompleted _ -> "restore-completed";
      case TrafficShifted _ -> "traffic-shifted";
      case DnsChanged _ -> "dns-changed";
      case RollbackStarted _ -> "rollback-started";
      case RollbackCompleted _ -> "rollback-completed";
      case IntegrityChecked _ -> "integrity-checked";
      case DetectorFired _ -> "detector-fired";
      case DetectorCleared _ -> "detector-cleared";
      case Gauge _ -> "gauge";
      case Note _ -> "note";
    };
  }

  /// What claims have in common that are about one and the same thing; empty if none can.
  default String subject() {
    return switch (this) {
      case StepStarted(String step, Mode _, String _) -> "step " + step;
      case StepFinished(String step, Mode _, Result _, String _) -> "step " + step;
      case ApprovalRequested(String what) -> "approval " + what;
      case ApprovalGranted(String what) -> "approval " + what;
      case RestoreProgress(String what, long _, long _) -> "restore " + what;
      case RestoreCompleted(String what) -> "restore " + what;
      case RollbackStarted _, RollbackCompleted _ -> "rollback";
      case DetectorFired(String detector, String alert) -> detector + " " + alert;
      case DetectorCleared(String detector, String alert) -> detector + " " + alert;
      case Gauge(String name, double _, String _) -> "gauge " + name;
      case IncidentDeclared _, FaultInjected _, Acknowledged _, RemediationStarted _ -> "";
      case TrafficShifted _, DnsChanged _, IntegrityChecked _, Note _ -> "";
    };
  }

  /// Whether its subject goes on until another claim ends it.
  default boolean begins() {
    return this instanceof StepStarted
        || this instanceof ApprovalRequested
        || this instanceof RollbackStarted
        || this instanceof DetectorFired;
  }

  /// Whether it ends what another claim has begun.
  default boolean ends() {
    return this instanceof StepFinished
        || this instanceof ApprovalGranted
        || this instanceof RollbackCompleted
        || this instanceof DetectorCleared;
  }

  /// Whether it is told again and again of its subject, with another value.
  default boolean repeats() {
    return this instanceof RestoreProgress || this instanceof Gauge;
  }

  /// In words, for people.
  default String text() {
    return switch (this) {
      case IncidentDeclared(String summary) -> told("incident declared", summary);
      case FaultInjected(String fault, boolean gameDay) ->
          told("fault injected" + (gameDay ? " on a game day" : ""), fault);
      case Acknowledged() -> "acknowledged";
      case RemediationStarted() -> "remediation started";
      case StepStarted(String step, Mode mode, String runbook) ->
          "step `%s` started".formatted(step) + aside(mode.label(), runbook);
      case StepFinished(String step, Mode mode, Result result, String detail) ->
          told("step `%s` %s".formatted(step, result.label()) + aside(mode.label()), detail);
      case ApprovalRequested(String what) -> told("approval requested", what);
      case ApprovalGranted(String what) -> told("approval granted", what);
      case RestoreProgress(String what, long done, long total) ->
          told("restore", what) + " at " + done + (total == 0 ? "" : " of " + total) + " bytes";
      case RestoreCompleted(String what) -> told("restore completed", what);
      case TrafficShifted(String to) -> "traffic shifted to " + to;
      case DnsChanged(String name) -> name + " was changed";
      case RollbackStarted(String from, String to) -> "rollback started" + versions(from, to);
      case RollbackCompleted(String from, String to) -> "rollback completed" + versions(from, to);
      case IntegrityChecked(boolean passed, String detail) ->
          told("integrity check " + (passed ? "passed" : "failed"), detail);
      case DetectorFired(String detector, String alert) -> told(detector + " fired", alert);
      case DetectorCleared(String detector, String alert) -> told(detector + " cleared", alert);
      case Gauge(String name, double value, String unit) ->
          "%s is %s%s".formatted(name, figure(value), unit.isEmpty() ? "" : " " + unit);
      case Note(String text) -> text;
    };
  }

  private static String told(String what, String more) {
    return more.isEmpty() ? what : what + ": " + more;
  }

  private static String aside(String... words) {
    return Stream.of(words)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String versions(String from, String to) {
    return (from.isEmpty() ? "" : " from " + from) + (to.isEmpty() ? "" : " to " + to);
  }

  private static String figure(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /// Every label.
  static List<String> labels() {
    return List.of(
        "incident-declared",
        "fault-injected",
        "acknowledged",
        "remediation-started",
        "step-started",
        "step-finished",
        "approval-requested",
        "approval-granted",
        "restore-progress",
        "restore-completed",
        "traffic-shifted",
        "dns-changed",
        "rollback-started",
        "rollback-completed",
        "integrity-checked",
        "detector-fired",
        "detector-cleared",
        "gauge",
        "note");
  }
}
