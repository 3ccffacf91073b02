package dev.allclear.agent.recovery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// F8: the steps that were taken, against those of the runbook.
record RunbookDrift(List<String> runbook, List<Step> steps) {

  /// Nothing where no runbook or no step is known.
  List<String> texts() {
    Set<String> taken = new LinkedHashSet<>();
    steps.forEach(step -> taken.add(step.name()));
    if (runbook.isEmpty() || taken.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    runbook.stream()
        .filter(step -> !taken.contains(step))
        .forEach(step -> texts.add("step `" + step + "` of the runbook was left out"));
    taken.stream()
        .filter(step -> !runbook.contains(step))
        .forEach(step -> texts.add("step `" + step + "` is not in the runbook"));
    List<String> planned = runbook.stream().filter(taken::contains).toList();
    List<String> happened = taken.stream().filter(runbook::contains).toList();
    if (!planned.equals(happened)) {
      texts.add("steps were taken in another order: " + String.join(", ", happened));
    }
    return texts;
  }
}
