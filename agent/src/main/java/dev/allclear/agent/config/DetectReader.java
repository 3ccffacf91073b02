package dev.allclear.agent.config;

import dev.allclear.agent.config.ServiceSettings.Detect;
import dev.allclear.agent.config.ServiceSettings.Tripwire;
import dev.allclear.agent.config.journey.ExpectReader;
import dev.allclear.agent.config.journey.HeadReader;
import dev.allclear.agent.config.journey.JourneySettings;
import dev.allclear.agent.config.journey.LabelReader;
import dev.allclear.agent.config.journey.LinkReader;
import dev.allclear.agent.config.journey.TokenSources;
import dev.allclear.agent.config.journey.Variables;
import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Label;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Body;
import dev.allclear.probes.journey.Head;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.template.Surroundings;
import dev.allclear.probes.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a service says under `detect`: a URL, or a map around it.
final class DetectReader {
  /// As often as a server may well be asked.
  private static final Duration SHORTEST_PING = Duration.ofMillis(50);

  private final Variables noVariables;
  private final HeadReader headReader;
  private final ExpectReader expectReader;

  DetectReader(Surroundings surroundings, TokenSources tokenSources) {
    noVariables = new Variables(surroundings);
    headReader = HeadReader.of(noVariables, tokenSources);
    expectReader = new ExpectReader(noVariables);
  }

  @Nullable Detection read(Value value) {
    if (value.isMap()) {
      return value.map("", this::read);
    }
    Template url = noVariables.url(value);
    return url == null
        ? null
        : detection(get(Head.of(url), Pace.DEFAULT), Pace.DEFAULT, Confirm.DEFAULT, Tripwire.IDLE);
  }

  private @Nullable Detection read(MapReader map) {
    Template url =
        map.require("get", "a URL, as `get: https://shop.example/healthz`", noVariables::url);
    Pace pace = Pace.read(map);
    Confirm confirm =
        map.get(
            "confirm",
            Confirm.DEFAULT,
            value -> value.parsed("FAILS of PROBES, as 3 of 4", Confirm::parse));
    Head head = headReader.readStep(map, url == null ? Template.literal("") : url);
    Link link = headReader.links().read(map);
    List<Expectation> expect = expectReader.read(map);
    Map<Label, Source> labels = LabelReader.read(map, expect);
    Tripwire tripwire = map.get("tripwire", Tripwire.IDLE, DetectReader::tripwire);
    if (url == null || pace == null || confirm == null || tripwire == null) {
      return null;
    }
    Step step = get(head, pace).over(link).expecting(expect).labelling(labels);
    LinkReader.check(map, step);
    Detection detection = detection(step, pace, confirm, tripwire);
    checkHeld(map, tripwire, detection);
    return detection;
  }

  private static @Nullable Tripwire tripwire(Value value) {
    if (value.isMap()) {
      return value.map("", DetectReader::pinging);
    }
    String word = value.choice(List.of("on", "off"));
    return word == null ? null : word.equals("off") ? Tripwire.OFF : Tripwire.IDLE;
  }

  private static @Nullable Tripwire pinging(MapReader map) {
    Duration ping = map.require("ping", "how often to ask, as `ping: 250ms`", Value::duration);
    if (ping != null && ping.compareTo(SHORTEST_PING) < 0) {
      map.wrong(
          "ping",
          "`ping` %s is too often; write at least %s"
              .formatted(Durations.print(ping), Durations.print(SHORTEST_PING)));
    }
    return ping == null ? null : new Tripwire(true, ping);
  }

  private static void checkHeld(MapReader map, Tripwire tripwire, Detection detection) {
    boolean wanted = tripwire.on() && map.has("tripwire");
    Detect detect = detection.detect();
    if (wanted && detect != null && !detect.probe().suitsTheWire()) {
      map.wrong(
          "tripwire",
          "`tripwire` cannot hold a connection through a proxy, with `oauth2`, `http: 2`, or where"
              + " redirects are followed; remove one of the two");
    }
  }

  private static Step get(Head head, Pace pace) {
    return Step.of("get", new Action.Http("GET", head, Body.none()), pace.timeout());
  }

  private static Detection detection(Step step, Pace pace, Confirm confirm, Tripwire tripwire) {
    Journey probe = Journey.of(JourneySettings.DETECT, pace.timeout(), List.of(step));
    return new Detection(new Detect(probe, pace.every(), tripwire), confirm);
  }
}
