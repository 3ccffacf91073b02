package dev.allclear.agent.outside;

import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One flip of a cache as somebody bounded it, from the change on, with so many questions; and when
/// the authority's log says that it was. `latest` is `Instant.MAX` for what was not seen to flip.
record Trial(Software software, int queries, Instant earliest, Instant latest, Truth flip) {

  /// As the answers of polling bound it, up to the first new one.
  static Trial polled(
      List<Heard> answers, String fresh, Truth change, Truth flip, Software software) {
    Instant earliest = change.before();
    int queries = 0;
    for (Heard heard : answers) {
      queries++;
      if (heard.says(fresh)) {
        return new Trial(software, queries, earliest, heard.received(), flip);
      }
      earliest = heard.sent();
    }
    return new Trial(software, queries, earliest, Instant.MAX, flip);
  }

  /// As was foretold and found by the questions that followed the change.
  static Trial foretold(Spread spread, int endpoint, Truth change, Truth truth, Software software) {
    List<Sighting> seen = spread.endpoints().get(endpoint).whole().seen();
    int queries = (int) seen.stream().filter(look -> !look.sent().isBefore(spread.start())).count();
    Flip flip = spread.endpoints().get(endpoint).flips(spread.event()).get("");
    return flip == null || flip.latest() == null
        ? new Trial(software, queries, change.before(), Instant.MAX, truth)
        : new Trial(
            software,
            queries,
            later(change.before(), flip.earliest().wall()),
            flip.latest().wall(),
            truth);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  boolean bounds() {
    return !flip.after().isBefore(earliest)
        && !flip.before().isAfter(latest)
        && latest.isBefore(Instant.MAX);
  }

  private double seconds() {
    return latest.equals(Instant.MAX)
        ? Double.POSITIVE_INFINITY
        : Duration.between(earliest, latest).toNanos() / 1e9;
  }

  static long queries(List<Trial> trials) {
    return trials.stream().mapToLong(Trial::queries).sum();
  }

  /// That of which this share of the intervals is no wider, in seconds.
  static double width(List<Trial> trials, double share) {
    double[] widths = trials.stream().mapToDouble(Trial::seconds).sorted().toArray();
    return widths[(int) Math.round(share * (widths.length - 1))];
  }
}
