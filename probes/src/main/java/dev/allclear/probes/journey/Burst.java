package dev.allclear.probes.journey;

import dev.allclear.probes.Manner;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Takes a step many times at once, each on a connection of its own, with the cookies and variables
/// of the run; what these answers set as cookies is dropped. All have to pass.
final class Burst {

  /// Kinds of failures that are told.
  private static final int MOST_TOLD = 5;

  private final Session session;
  private final Step step;
  private final Moment start;
  private final Duration limit;

  Burst(Session session, Step step, Moment start, Duration limit) {
    this.session = session;
    this.step = step;
    this.start = start;
    this.limit = limit;
  }

  /// With the reply and evidence of the first that did not pass.
  StepRun run() {
    List<Supplier<StepRun>> attempts = new ArrayList<>();
    for (int i = 0; i < step.conduct().burst(); i++) {
      // Before any of them runs, so that each always has the same share of chance.
      Session own = session.fork();
      attempts.add(() -> attempt(own));
    }
    List<StepRun> runs = AtOnce.all(attempts);
    Moment end = runs.stream().map(StepRun::end).reduce(start, Moment::later);
    return told(runs).in(manner(runs), start, end, outcome(runs));
  }

  private StepRun attempt(Session forked) {
    try (Session own = forked) {
      return new Attempt(own, step, start, limit).run();
    }
  }

  private static StepRun told(List<StepRun> runs) {
    return runs.stream()
        .filter(run -> run.outcome().isFail())
        .findFirst()
        .or(() -> runs.stream().filter(run -> !run.outcome().isPass()).findFirst())
        .or(() -> runs.stream().filter(run -> run.outcome() instanceof Outcome.Slow).findFirst())
        .orElse(runs.getFirst());
  }

  private static Manner manner(List<StepRun> runs) {
    List<Duration> lengths = runs.stream().map(StepRun::length).sorted().toList();
    return new Manner.Burst(
        runs.size(), lengths.getFirst(), lengths.get(lengths.size() / 2), lengths.getLast());
  }

  static Outcome outcome(List<StepRun> runs) {
    Map<Outcome.Failed, Integer> kinds = new LinkedHashMap<>();
    for (StepRun run : runs) {
      if (run.outcome() instanceof Outcome.Failed failed) {
        kinds.merge(failed, 1, Integer::sum);
      }
    }
    if (kinds.isEmpty()) {
      return told(runs).outcome();
    }
    List<Map.Entry<Outcome.Failed, Integer>> most =
        kinds.entrySet().stream()
            .sorted(Map.Entry.<Outcome.Failed, Integer>comparingByValue().reversed())
            .toList();
    int failed = kinds.values().stream().mapToInt(count -> count).sum();
    return Outcome.fail(
        most.getFirst().getKey().cause(),
        "%d of %d failed: %s".formatted(failed, runs.size(), list(most)));
  }

  private static String list(List<Map.Entry<Outcome.Failed, Integer>> kinds) {
    String told =
        kinds.stream()
            .limit(MOST_TOLD)
            .map(kind -> kind.getValue() + " × " + kind.getKey().detail())
            .collect(Collectors.joining("; "));
    return kinds.size() > MOST_TOLD ? told + "; …" : told;
  }
}
