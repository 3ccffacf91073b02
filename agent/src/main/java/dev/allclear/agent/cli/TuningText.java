package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.recovery.SuccessRate;
import dev.allclear.agent.recovery.Tuning;
import dev.allclear.agent.recovery.Tuning.Candidate;
import dev.allclear.probes.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What thresholds would have made of the suspicions of a service within some time, as text and as
/// JSON.
record TuningText(Console console, String service, String since) {

  String nothing() {
    return "no suspicions of %s in %s: there is nothing to try thresholds on"
        .formatted(service, since);
  }

  List<String> lines(Tuning tuning) {
    List<String> lines = new ArrayList<>();
    lines.add(
        console.in(Tone.STRONG, service)
            + ": %s in %s; now %s".formatted(count(tuning.suspicions()), since, tuning.current()));
    lines.add(row("", "confirm", "outages", "blips", "raised", "lost", "?", "detected later by"));
    tuning.candidates().forEach(each -> lines.add(row(each, tuning)));
    explained(tuning).forEach(each -> lines.addAll(Wrapped.lines(each, 0)));
    return lines;
  }

  private static String count(int suspicions) {
    return suspicions == 1 ? "1 suspicion" : suspicions + " suspicions";
  }

  private static String row(Candidate of, Tuning tuning) {
    return row(
        of.threshold().equals(tuning.current()) ? "*" : "",
        of.threshold().toString(),
        String.valueOf(of.outages()),
        String.valueOf(of.blips()),
        String.valueOf(of.raised()),
        String.valueOf(of.lost()),
        String.valueOf(of.unknown()),
        delays(of));
  }

  private static String row(
      String mark,
      String threshold,
      String outages,
      String blips,
      String raised,
      String lost,
      String unknown,
      String delays) {
    return String.format(
            Locale.ROOT,
            "%-1s %-9s %7s %7s %7s %7s %4s   %s",
            mark,
            threshold,
            outages,
            blips,
            raised,
            lost,
            unknown,
            delays)
        .stripTrailing();
  }

  /// Least, median and most, or the only one.
  private static String delays(Candidate of) {
    return of.median()
        .map(median ->
            "%s (n = %d)"
                .formatted(
                    List.of(of.delays().getFirst(), median, of.delays().getLast()).stream()
                        .map(TuningText::signed)
                        .distinct()
                        .collect(Collectors.joining(", ")),
                    of.delays().size()))
        .orElse("");
  }

  private static String signed(Duration delay) {
    return (delay.isNegative() ? "-" : "") + Figures.length(delay.abs());
  }

  private List<String> explained(Tuning tuning) {
    return List.of(
        "* is the current threshold. blips: avoided, no outage is opened. raised: blips now,"
            + " outages then. lost: outages now, blips then. Later by: least, median, most, of"
            + " the outages of both.",
        unknown(tuning),
        "Seen from one vantage. That a detection comes later is told as if the agent had looked as"
            + " it does while a service is down.",
        advice(tuning));
  }

  private static String unknown(Tuning tuning) {
    String some =
        tuning.candidates().stream()
            .filter(each -> each.unknown() > 0)
            .map(each ->
                "%d of %d with %s".formatted(each.unknown(), tuning.suspicions(), each.threshold()))
            .collect(Collectors.joining(", "));
    return some.isEmpty()
        ? "Cannot be told (?): none."
        : "Cannot be told (?): "
            + some
            + ", where what was kept ends, or the agent would have looked at other times.";
  }

  private static String advice(Tuning tuning) {
    int n = tuning.suspicions();
    if (!tuning.isEnough()) {
      return "n = %d is too little to choose by (at least %d): nothing is recommended."
          .formatted(n, Tuning.ENOUGH);
    }
    return tuning
        .better()
        .map(each ->
            ("%s finds the same outages and no others, %s sooner in the median; with n = %d it may"
                    + " still decide up to %.0f %% of suspicions otherwise (95 %%).")
                .formatted(
                    each.threshold(),
                    Figures.length(each.median().orElseThrow().abs()),
                    n,
                    Math.ceil(100 * new SuccessRate(0, n, 0).highest())))
        .orElse("None finds the same outages and no others sooner than the current one.");
  }

  static JsonObject json(String service, Duration since, Tuning tuning) {
    return new JsonObject()
        .put("service", service)
        .put("sinceSeconds", since)
        .put("suspicions", tuning.suspicions())
        .put("current", tuning.current().toString())
        .put("candidates", tuning.candidates().stream().map(TuningText::json).toList())
        .put("recommended", tuning.better().map(each -> each.threshold().toString()).orElse(null));
  }

  private static JsonObject json(Candidate of) {
    JsonObject delay = new JsonObject().put("n", of.delays().size());
    of.median()
        .ifPresent(median ->
            delay
                .put("least", of.delays().getFirst())
                .put("median", median)
                .put("most", of.delays().getLast()));
    return new JsonObject()
        .put("confirm", of.threshold().toString())
        .put("outages", of.outages())
        .put("blips", of.blips())
        .put("raised", of.raised())
        .put("lost", of.lost())
        .put("unknown", of.unknown())
        .put("delaySeconds", delay);
  }
}
