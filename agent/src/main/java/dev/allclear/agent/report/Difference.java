package dev.allclear.agent.report;

import dev.allclear.probes.Figures;
import dev.allclear.probes.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One phase of two outages, side by side; null where one had no such phase.
public record Difference(String phase, @Nullable Span first, @Nullable Span second) {

  /// Phase by phase, then the whole.
  public static List<Difference> of(Story first, Story second) {
    Set<String> names = new LinkedHashSet<>();
    first.phases().forEach(phase -> names.add(phase.name()));
    second.phases().forEach(phase -> names.add(phase.name()));
    List<Difference> differences = new ArrayList<>();
    names.forEach(
        name -> differences.add(new Difference(name, taken(first, name), taken(second, name))));
    differences.add(
        new Difference(
            "recovery time",
            first.incident().recoveryTime(first.now()),
            second.incident().recoveryTime(second.now())));
    return differences;
  }

  private static @Nullable Span taken(Story story, String name) {
    return story.phases().stream()
        .filter(phase -> phase.name().equals(name))
        .map(Phase::taken)
        .reduce(Span::plus)
        .orElse(null);
  }

  /// Which one took longer, and by how much; where the bounds overlap nobody can tell.
  public String text() {
    if (first == null || second == null) {
      return "only one of them had it";
    }
    if (first.max().compareTo(second.min()) < 0) {
      return "longer by " + Figures.span(less(second, first));
    }
    return second.max().compareTo(first.min()) < 0
        ? "shorter by " + Figures.span(less(first, second))
        : "the bounds overlap: no difference can be told";
  }

  private static Span less(Span a, Span b) {
    return Span.of(a.min().minus(b.max()), a.likely().minus(b.likely()), a.max().minus(b.min()));
  }
}
