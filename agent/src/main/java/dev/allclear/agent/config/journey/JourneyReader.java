package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.journey.Var;
import dev.allclear.probes.template.Surroundings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one journey.
public final class JourneyReader {
  private static final Duration DEFAULT_EVERY = Duration.ofMinutes(1);
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(20);
  private static final String STEPS = "`steps: [{get: https://shop.example/}]`";
  private static final String CLEANUP = "`cleanup: [{delete: \"https://shop.example/${id}\"}]`";

  private final Surroundings surroundings;
  private final Groups groups;
  private final TokenSources tokenSources;
  private final Names resolvers;
  private final Map<String, List<Value>> regions = new HashMap<>();

  public JourneyReader(
      Surroundings surroundings, Groups groups, TokenSources tokenSources, Names resolvers) {
    this.surroundings = surroundings;
    this.groups = groups;
    this.tokenSources = tokenSources;
    this.resolvers = resolvers;
  }

  /// Every place in a journey that names a target region.
  public List<Value> regions(String journey) {
    return regions.getOrDefault(journey, List.of());
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
    Duration within = map.get("within", Value::duration);
    Variables variables = new Variables(surroundings);
    VarsReader varsReader = new VarsReader(variables);
    List<Var> vars = varsReader.read(map);
    Set<String> redact = varsReader.redact(map);
    variables.base(map.get("base", value -> base(value, variables)));
    WayReader wayReader = new WayReader(resolvers).in(map);
    Boolean each = map.get("addresses", Boolean.FALSE, JourneyReader::each);
    HeadReader headReader = HeadReader.of(variables, tokenSources).in(map);
    StepsReader reader = StepsReader.ofJourney(groups, headReader, wayReader);
    Allowance ofSteps = Allowance.ofSteps(deadline, reserve);
    List<Step> steps = map.require("steps", STEPS, value -> steps(value, STEPS, reader, ofSteps));
    Allowance ofCleanup = Allowance.ofCleanup(reserve);
    List<Step> cleanup =
        map.get("cleanup", List.of(), value -> steps(value, CLEANUP, reader, ofCleanup));
    regions.put(entry.name(), wayReader.regions());
    if (every == null || deadline == null || reserve == null || each == null) {
      return null;
    }
    if (steps == null || cleanup == null || steps.isEmpty()) {
      return null;
    }
    Journey journey =
        Journey.of(entry.name(), deadline, steps)
            .cleanedUpBy(cleanup, reserve)
            .within(within)
            .withVars(vars)
            .redacting(redact);
    if (each) {
      checkFirstHost(map, steps.getFirst());
    }
    return new JourneySettings(each ? journey.againstEveryAddress() : journey, every);
  }

  /// One that is wrong stands for some URL, so that paths are not wrong for it.
  private static String base(Value value, Variables variables) {
    String text = variables.url(value) == null ? null : value.text("a URL");
    String url = text == null ? "https://shop.example" : text;
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static @Nullable Boolean each(Value value) {
    return value.choice(List.of("each")) == null ? null : Boolean.TRUE;
  }

  private static void checkFirstHost(MapReader map, Step first) {
    if (!first.action().url().variables().isEmpty()) {
      map.wrong(
          "addresses",
          "the URL of the first step must be known before the run; write it without variables");
    }
    if (first.link().proxy() != null) {
      map.wrong(
          "addresses", "a proxy decides where to connect; write only one of: addresses, proxy");
    }
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
