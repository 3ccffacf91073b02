package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads one journey.
public final class JourneyReader {
  private static final Duration DEFAULT_EVERY = Duration.ofMinutes(1);
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(20);
  private static final String STEPS = "`steps: [{get: https://shop.example/}]`";

  private final Function<String, @Nullable String> environment;

  public JourneyReader(Function<String, @Nullable String> environment) {
    this.environment = environment;
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
    List<Step> steps = map.require("steps", STEPS, value -> steps(value, deadline));
    return every == null || deadline == null || steps == null || steps.isEmpty()
        ? null
        : new JourneySettings(Journey.of(entry.name(), deadline, steps), every);
  }

  private List<Step> steps(Value written, @Nullable Duration deadline) {
    StepReader reader = new StepReader(deadline, new Variables(environment));
    List<Step> steps = new ArrayList<>();
    if (written.list().isEmpty()) {
      written.wrong("a journey without steps; write " + STEPS);
    }
    for (Value entry : written.list()) {
      Step step = reader.read(entry);
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }
}
