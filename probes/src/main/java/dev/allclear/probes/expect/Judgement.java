package dev.allclear.probes.expect;

import dev.allclear.probes.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What an answer is worth: whether it passes, what each expectation came to, and the labels that
/// it bears.
public record Judgement(Outcome outcome, List<Finding> findings, Map<Label, String> labels) {

  public Judgement {
    findings = List.copyOf(findings);
    EnumMap<Label, String> sorted = new EnumMap<>(Label.class);
    sorted.putAll(labels);
    labels = Collections.unmodifiableMap(sorted);
  }

  public Judgement but(Outcome other) {
    return new Judgement(other, findings, labels);
  }

  /// Without an answer there is nothing to find.
  public static Judgement of(Outcome outcome) {
    return new Judgement(outcome, List.of(), Map.of());
  }
}
