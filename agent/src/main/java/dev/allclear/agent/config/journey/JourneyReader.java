package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads one journey.
public final class JourneyReader {
  private static final Duration DEFAULT_EVERY = Duration.ofMinutes(1);
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(20);
  private static final String STEPS = "`steps: [{get: https://shop.example/}]`";
  private static final String CLEANUP = "`cleanup: [{delete: \"https://shop.example/${id}\"}]`";

  private final Function<String, @Nullable String> environment;
  private final Groups groups;
  private final TokenSources tokenSources;

  public JourneyReader(
      Function<String, @Nullable String> environment, Groups groups, TokenSources tokenSources) {
    this.environment = environment;
    this.groups = groups;
    this.tokenSources = tokenSources;
  }

  public @Nullable JourneySettings read(Value entry) {
    entry.isNamed();
    if (entry.name().equals(JourneySettings.DETECT)) {
      entry.wrongKey("`detect` is what a service's shallow probe is called; write another name");
    }
    return entry.map("a map, as {steps: […]}", map -> journey(entry, map));
  }

  private @Nullable JourneySettings journey(Value entry, MapReader map) {
    Duration every = map.duration("every", DEFAULT_EVERY);
    Duration deadline = map.duration("deadline", DEFAULT_DEADLINE);
    Duration reserve = reserve(map, deadline);
    HeadReader headReader = HeadReader.of(new Variables(environment), tokenSources).in(map);
    StepsReader reader = StepsReader.ofJourney(groups, environment, headReader);
    Allowance ofSteps = Allowance.ofSteps(deadline, reserve);
    List<Step> steps = map.require("steps", STEPS, value -> steps(value, STEPS, reader, ofSteps));
    Allowance ofCleanup = Allowance.ofCleanup(reserve);
    List<Step> cleanup =
        map.get("cleanup", List.of(), value -> steps(value, CLEANUP, reader, ofCleanup));
    return every == null
            || deadline == null
            || reserve == null
            || steps == null
            || cleanup == null
            || steps.isEmpty()
        ? null
        : new JourneySettings(
            Journey.of(entry.name(), deadline, steps).cleanedUpBy(cleanup, reserve), every);
  }

  /// Zero without cleanup; null if it, or the deadline, is wrong.
  private static @Nullable Duration reserve(MapReader map, @Nullable Duration deadline) {
    if (!map.has("cleanup") && !map.isMisspelt("cleanup")) {
      if (map.get("reserve") != null) {
        map.wrong("reserve", "there is no cleanup to reserve time for; write `cleanup`");
      }
      return Duration.ZERO;
    }
    Duration quarter = (deadline == null ? DEFAULT_DEADLINE : deadline).dividedBy(4);
    Duration reserve = map.duration("reserve", quarter);
    if (reserve != null && deadline != null && reserve.compareTo(deadline) >= 0) {
      map.wrong(
          "reserve",
          "`reserve` %s leaves nothing of the journey's deadline of %s; write less, or a longer `deadline`"
              .formatted(Durations.print(reserve), Durations.print(deadline)));
      return null;
    }
    return deadline == null ? null : reserve;
  }

  private static List<Step> steps(
      Value written, String wanted, StepsReader reader, Allowance allowance) {
    if (written.list().isEmpty()) {
      written.wrong(
          "a %s without steps; write %s"
              .formatted(written.name().equals("steps") ? "journey" : "cleanup", wanted));
    }
    return reader.read(written, allowance);
  }
}
