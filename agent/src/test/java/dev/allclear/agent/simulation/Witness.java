package dev.allclear.agent.simulation;

import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one probe has met in truth, of the runs that count: one that began before another that is
/// already told of does not. `firstFail` is the first fail of those that are in doubt or in a row.
final class Witness {
  private record Fail(Moment end, long instant, boolean own) {}

  final Function function;
  private final List<Long> streak = new ArrayList<>();
  private @Nullable Moment begun;
  private final List<Fail> fails = new ArrayList<>();
  private long firstFail = Sight.NONE;

  Witness(Function function) {
    this.function = function;
  }

  /// Another life of the agent.
  void restarted() {
    begun = null;
  }

  /// Fails that were seen after that count for nothing, and passes for no streak.
  void blind(Moment from) {
    fresh();
    List<Fail> forgiven = fails.stream().filter(fail -> from.isBefore(fail.end())).toList();
    fails.removeAll(forgiven);
    for (Fail fail : forgiven) {
      // A run may begin as the one before it ends.
      if (fail.own() && fails.stream().noneMatch(left -> left.instant() == fail.instant())) {
        function.forgive(fail.instant());
      }
    }
  }

  /// Seen while blind: good, and nothing more.
  void glimpsed(Observation observation) {
    boolean overtaken = begun != null && observation.begin().isBefore(begun);
    if (!overtaken && observation.outcome().isPass()) {
      begun = observation.begin();
    }
  }

  /// What is counted begins anew.
  void fresh() {
    streak.clear();
  }

  void saw(Observation observation, Sight sight, boolean doubted) {
    boolean overtaken = begun != null && observation.begin().isBefore(begun);
    boolean telling = observation.outcome().isFail() || observation.outcome().isPass();
    if (overtaken || !telling) {
      return;
    }
    begun = observation.begin();
    if (!sight.failed()) {
      streak.addAll(sight.good());
      return;
    }
    streak.clear();
    if (sight.own()) {
      function.lose(sight.bad());
    }
    fails.add(new Fail(observation.end(), sight.bad(), sight.own()));
    firstFail = doubted ? firstFail : sight.bad();
  }

  long downSince() {
    return function.downSince(firstFail);
  }

  char kind() {
    return function.kind(firstFail);
  }

  /// The begin of the up period that holds the first pass.
  long firstGood() {
    return function.upSince(streak.getFirst());
  }

  /// The begin of the up period that holds the first good instant after every failing one.
  long upSince() {
    long lastFail = fails.stream().mapToLong(Fail::instant).max().orElse(Sight.NONE);
    return streak.stream()
        .filter(instant -> instant > lastFail)
        .mapToLong(function::upSince)
        .min()
        .orElseThrow(() -> new Unsound("restored, but nothing good was seen since the last fail"));
  }
}
