package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.http.Target;
import dev.allclear.probes.template.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Takes a step in several target regions at once. It has to pass in each, and what it captures has
/// to be the same in all.
final class Across {

  /// What one region answered, and what was captured there.
  private record Seen(String region, StepRun run, Values values) {}

  private final Session session;
  private final Step step;
  private final Moment start;
  private final Duration limit;

  Across(Session session, Step step, Moment start, Duration limit) {
    this.session = session;
    this.step = step;
    this.start = start;
    this.limit = limit;
  }

  /// With the reply and evidence of the first region that did not pass.
  StepRun run() {
    List<Supplier<Seen>> attempts = new ArrayList<>();
    step.conduct()
        .regions()
        .forEach((region, target) -> {
          // Before any of them runs, so that each always has the same share of chance.
          Session own = session.fork();
          attempts.add(() -> attempt(region, target, own));
        });
    List<Seen> all = AtOnce.all(attempts);
    Outcome outcome = outcome(all);
    if (outcome.isPass()) {
      step.captures().forEach(capture -> keep(capture, all.getFirst().values()));
    }
    Moment end = all.stream().map(seen -> seen.run().end()).reduce(start, Moment::later);
    List<String> regions = all.stream().map(Seen::region).toList();
    return told(all).run().in(new Manner.Across(regions), start, end, outcome);
  }

  private Seen attempt(String region, Target target, Session forked) {
    try (Session own = forked) {
      Step there = step.over(step.link().to(target));
      return new Seen(region, new Attempt(own, there, start, limit).run(), own.values());
    }
  }

  private static Seen told(List<Seen> all) {
    return all.stream()
        .filter(seen -> seen.run().outcome().isFail())
        .findFirst()
        .or(() -> all.stream().filter(seen -> !seen.run().outcome().isPass()).findFirst())
        .or(() ->
            all.stream().filter(seen -> seen.run().outcome() instanceof Outcome.Slow).findFirst())
        .orElse(all.getFirst());
  }

  private Outcome outcome(List<Seen> all) {
    Outcome worst = told(all).run().outcome();
    return switch (worst) {
      case Outcome.Failed failed -> Outcome.fail(failed.cause(), failures(all));
      case Outcome.Inconclusive inconclusive -> inconclusive;
      case Outcome passed -> differences(all, passed);
    };
  }

  private static String failures(List<Seen> all) {
    return all.stream()
        .filter(seen -> seen.run().outcome().isFail())
        .map(seen -> seen.region() + ": " + detail(seen.run()))
        .collect(Collectors.joining("; "));
  }

  private static String detail(StepRun run) {
    return run.outcome() instanceof Outcome.Failed failed ? failed.detail() : "";
  }

  private Outcome differences(List<Seen> all, Outcome passed) {
    List<String> differences = new ArrayList<>();
    for (Capture capture : step.captures()) {
      Map<String, String> values = new LinkedHashMap<>();
      all.forEach(seen -> values.put(seen.region(), seen.values().get(capture.variable())));
      if (new TreeSet<>(values.values()).size() > 1) {
        differences.add(difference(capture, values));
      }
    }
    return differences.isEmpty()
        ? passed
        : Outcome.fail(Cause.ASSERTION, String.join("; ", differences));
  }

  private String difference(Capture capture, Map<String, String> values) {
    return values.entrySet().stream()
        .map(value ->
            value.getKey()
                + " "
                + (capture.secret() ? "***" : session.mask().value(value.getValue())))
        .collect(Collectors.joining(", ", capture.variable() + " differs: ", ""));
  }

  private void keep(Capture capture, Values values) {
    session.values().put(capture.variable(), values.get(capture.variable()));
  }
}
