package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.agent.demo.Truth;
import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What the agent measured of an outage beside the world's own truth.
record Comparison(List<Row> rows) {

  /// One moment; nothing measured contains no truth.
  record Row(String name, Optional<Bounds> measured, Optional<Bounds> truth) {

    /// The truth itself is known to the microseconds it took to bring about.
    boolean inside() {
      return measured.isPresent() == truth.isPresent()
          && truth.stream()
              .allMatch(t -> !t.isBefore(measured.orElse(t)) && !measured.orElse(t).isBefore(t));
    }
  }

  static Comparison of(Incident incident, Map<String, Bounds> flips, Truth.Outage truth) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("onset", Optional.of(incident.onset()), Optional.of(truth.onset())));
    rows.add(new Row("first good", incident.firstGood(), Optional.of(truth.firstGood())));
    rows.add(new Row("restored", incident.restored(), Optional.of(truth.restored())));
    TreeSet<String> resolvers = new TreeSet<>(flips.keySet());
    resolvers.addAll(truth.flips().keySet());
    for (String resolver : resolvers) {
      rows.add(
          new Row(
              "dns " + resolver,
              Optional.ofNullable(flips.get(resolver)),
              Optional.ofNullable(truth.flips().get(resolver))));
    }
    return new Comparison(List.copyOf(rows));
  }

  boolean allInside() {
    return rows.stream().allMatch(Row::inside);
  }

  List<String> lines(Console console) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "  %-13s %-44s %s", "", "measured", "the world's truth"));
    for (Row row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-13s %-44s %-14s %s",
              row.name(),
              row.measured().map(Figures::bounds).orElse("never seen"),
              row.truth().map(t -> Figures.clock(t.likely())).orElse("never happened"),
              row.inside() ? console.in(Tone.GOOD, "inside") : console.in(Tone.BAD, "OUTSIDE")));
    }
    return lines;
  }
}
