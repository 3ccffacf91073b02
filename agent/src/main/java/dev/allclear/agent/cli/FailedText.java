package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Figures;
import java.util.ArrayList;
import java.util.List;

/// The failures kept with an incident, in short: what was asked, what came, and how it began.
record FailedText(Console console) {
  private static final int BODY = 70;

  /// Nothing if there are none.
  List<String> lines(Failed failed) {
    if (failed.kept().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "  "
            + failed.runs()
            + (failed.runs() == 1 ? " failed run" : " failed runs")
            + ", the first of each kind (--json shows all that was kept):");
    failed.kept().forEach(failure -> lines.addAll(lines(failure)));
    return lines;
  }

  private List<String> lines(Failure failure) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  %s  %s: %s (%s)"
            .formatted(
                Figures.clock(failure.at()),
                failure.where(),
                failure.detail(),
                failure.cause().label()));
    Evidence evidence = failure.evidence();
    if (evidence != null) {
      lines.add(faint("> " + evidence.request().line()));
      lines.add(faint("< " + answer(evidence)));
    }
    return lines;
  }

  private static String answer(Evidence evidence) {
    if (evidence.answer() == null) {
      return "(nothing)";
    }
    String body = evidence.answer().body().text().replaceAll("\\s+", " ").strip();
    String start = body.length() > BODY ? body.substring(0, BODY) + "…" : body;
    return (evidence.answer().line() + "  " + start).strip();
  }

  private String faint(String text) {
    return "      " + console.in(Tone.FAINT, text);
  }
}
