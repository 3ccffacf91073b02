package dev.allclear.agent.json;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Look;
import dev.allclear.agent.outage.Round;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Suspicions as the ledger keeps them. Each look is one short text: which probe, what came of it,
/// and in nanoseconds since the first fail was told its begin, its end, and where they differ from
/// these when it was told and within what it failed.
public final class SuspicionJson {
  private static final String WITNESS = "witness";
  private static final String PASS = "pass";
  private static final String SLOW = "slow";

  private SuspicionJson() {}

  /// All but the cell.
  public static String write(Suspicion suspicion) {
    Moment at = suspicion.at();
    List<String> names = names(suspicion.probes());
    List<JsonObject> probes =
        names.stream()
            .map(name ->
                new JsonObject()
                    .put("name", name)
                    .put("depth", suspicion.probes().getOrDefault(name, Depth.DEEP).label()))
            .toList();
    return new JsonObject()
        .put("at", TimeJson.tree(at))
        .put("fails", suspicion.threshold().fails())
        .put("of", suspicion.threshold().of())
        .put("slow", suspicion.slow())
        .put("probes", probes)
        .put("looks", suspicion.looks().stream().map(look -> text(look, at, names)).toList())
        .put("decided", suspicion.decided())
        .put("confirmed", suspicion.confirmed())
        .toString();
  }

  private static List<String> names(Map<String, Depth> probes) {
    return probes.keySet().stream().sorted().toList();
  }

  private static String text(Look look, Moment at, List<String> names) {
    return switch (look) {
      case Look.Witnessed(Round round) ->
          WITNESS + ' ' + PASS + times(at, round.begin(), round.end());
      case Look.Ran(Observation run) ->
          names.indexOf(run.probe()) + " " + word(run.outcome()) + times(at, run);
    };
  }

  private static String times(Moment at, Observation run) {
    Bounds proof = run.proof();
    boolean whole =
        run.told().equals(run.end())
            && proof.earliest().equals(run.begin())
            && proof.latest().equals(run.end());
    return whole
        ? times(at, run.begin(), run.end())
        : times(at, run.begin(), run.end(), run.told(), proof.earliest(), proof.latest());
  }

  private static String times(Moment at, Moment... moments) {
    StringBuilder text = new StringBuilder();
    for (Moment moment : moments) {
      text.append(' ').append(at.until(moment).toNanos());
    }
    return text.toString();
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> PASS;
      case Outcome.Slow _ -> SLOW;
      case Outcome.Failed failed -> failed.cause().label();
      case Outcome.Inconclusive _ -> Cause.LOCAL.label();
    };
  }

  /// What `write` wrote.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  public static Suspicion read(Cell cell, String text) {
    Fields in = Fields.of(text);
    Moment at = in.moment("at");
    Map<String, Depth> probes = new TreeMap<>();
    for (Fields probe : in.objects("probes")) {
      probes.put(probe.text("name"), probe.oneOf("depth", Depth.values(), Depth::label));
    }
    List<String> names = names(probes);
    List<Look> looks = new ArrayList<>();
    for (String look : in.texts("looks")) {
      looks.add(look(look, at, names, probes));
    }
    return new Suspicion(
        cell,
        new Threshold((int) in.number("fails"), (int) in.number("of")),
        in.truth("slow"),
        probes,
        looks,
        (int) in.number("decided"),
        in.truth("confirmed"));
  }

  private static Look look(String text, Moment at, List<String> names, Map<String, Depth> probes) {
    String[] words = text.split(" ", -1);
    try {
      List<Moment> times =
          Arrays.stream(words)
              .skip(2)
              .map(each -> at.plus(Duration.ofNanos(Long.parseLong(each))))
              .toList();
      if (words[0].equals(WITNESS)) {
        return new Look.Witnessed(new Round(times.get(0), times.get(1), true, ""));
      }
      String name = names.get(Integer.parseInt(words[0]));
      Observation run =
          new Observation(
              name,
              probes.getOrDefault(name, Depth.DEEP),
              times.get(0),
              times.get(1),
              List.of(),
              outcome(words[1]));
      return times.size() > 2
          ? Look.of(run, Bounds.between(times.get(3), times.get(4)), times.get(2))
          : Look.of(run);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException("looks cannot be read: \"" + text + '"', e);
    }
  }

  private static Outcome outcome(String word) {
    return switch (word) {
      case PASS -> Outcome.pass();
      case SLOW -> Outcome.slow("");
      default ->
          Arrays.stream(Cause.values())
              .filter(cause -> cause != Cause.LOCAL && cause.label().equals(word))
              .findFirst()
              .map(cause -> Outcome.fail(cause, ""))
              .orElseThrow(
                  () -> new IllegalArgumentException("looks: unknown outcome \"" + word + '"'));
    };
  }
}
