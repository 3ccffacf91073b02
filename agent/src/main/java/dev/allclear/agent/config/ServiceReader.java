package dev.allclear.agent.config;

import dev.allclear.agent.config.ServiceSettings.Detect;
import dev.allclear.agent.config.journey.JourneySettings;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Maintenance;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.recovery.DownWhen;
import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Nearest;
import dev.allclear.agent.yaml.Value;
import dev.allclear.agent.yaml.WebUrl;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads one service.
final class ServiceReader {
  private final DetectReader detectReader;
  private final VerifyReader verifyReader;
  private final Names services;
  private final Circles circles = new Circles();
  private final Names resolvers;
  private final Map<String, JourneySettings> journeys;
  private final Function<String, List<Value>> regionsOf;

  ServiceReader(
      DetectReader detectReader,
      VerifyReader verifyReader,
      Names services,
      Names resolvers,
      Map<String, JourneySettings> journeys,
      Function<String, List<Value>> regionsOf) {
    this.detectReader = detectReader;
    this.verifyReader = verifyReader;
    this.services = services;
    this.resolvers = resolvers;
    this.journeys = journeys;
    this.regionsOf = regionsOf;
  }

  @Nullable ServiceSettings read(Value entry) {
    entry.isNamed();
    return entry.map("a map, as {rto: 2m, detect: https://…}", map -> service(entry, map));
  }

  private @Nullable ServiceSettings service(Value entry, MapReader map) {
    Rto rto = RtoReader.require(map);
    Map<String, Region> regions = regions(map);
    Detection detection = map.get("detect", Detection.NONE, detectReader::read);
    Verification verification = map.get("verify", Verification.DEFAULT, verifyReader::read);
    String resolver = map.get("resolver", resolvers::resolve);
    List<String> dependsOn = dependsOn(entry, map);
    List<String> controlPlane = controlPlane(map);
    DownWhen downWhen = downWhen(map);
    Runbook runbook = map.get("runbook", Runbook::read);
    Policy.Degradation degradation = DegradedReader.read(map, verification);
    Policy.Flap flap = FlapReader.read(map);
    Maintenance maintenance = MaintenanceReader.read(map);
    checkProbed(entry, map, verification);
    checkSpan(map, rto, verification);
    if (!regions.isEmpty() && detection != null && verification != null) {
      checkRegions(map, detection, verification);
    }
    if (verification != null && regions.size() == map.entries("regions", "").size()) {
      verification
          .verify()
          .journeys()
          .forEach(journey -> checkNamedRegions(entry.name(), journey, regions.keySet()));
    }
    return rto == null || detection == null || verification == null
        ? null
        : new ServiceSettings(
            entry.name(),
            policy(rto, detection, verification)
                .degrading(degradation)
                .flapping(flap)
                .maintained(maintenance),
            regions,
            detection.detect(),
            verification.verify(),
            resolver,
            dependsOn,
            controlPlane,
            downWhen,
            runbook);
  }

  private static DownWhen downWhen(MapReader map) {
    String written =
        map.get("down-when", DownWhen.ANY.label(), value -> value.choice(DownWhen.labels()));
    if (map.has("down-when") && !map.has("regions") && !map.isMisspelt("regions")) {
      map.wrong(
          "down-when",
          "`down-when` is for a service in several regions; write them under `regions`, or remove"
              + " it");
    }
    return written == null ? DownWhen.ANY : DownWhen.valueOf(written.toUpperCase(Locale.ROOT));
  }

  private List<String> dependsOn(Value entry, MapReader map) {
    List<Value> written = map.list("depends-on");
    written.stream()
        .filter(each -> entry.name().equals(each.text("the name of a service")))
        .forEach(each -> each.wrong("a service does not depend on itself; remove it"));
    circles.add(entry.name(), written);
    return services.resolve(written);
  }

  private List<String> controlPlane(MapReader map) {
    return services.resolve(map.list("control-plane"));
  }

  /// What can be told only of all services.
  void checkAll() {
    circles.check();
  }

  private static Policy policy(Rto rto, Detection detection, Verification verification) {
    return new Policy(
        rto,
        detection.confirm().fails(),
        detection.confirm().of(),
        verification.passes(),
        verification.span(),
        verification.hold());
  }

  private static Map<String, Region> regions(MapReader service) {
    Map<String, Region> regions = new LinkedHashMap<>();
    for (Value entry : service.entries("regions", "{eu: {connect-to: 192.0.2.10}}")) {
      if (entry.name().equals(Cell.GLOBAL)) {
        entry.wrongKey("`" + Cell.GLOBAL + "` means all regions; write another name");
      }
      entry.isNamed();
      Region region = entry.map("{connect-to: 192.0.2.10}", ServiceReader::region);
      if (region != null) {
        regions.put(entry.name(), region);
      }
    }
    return regions;
  }

  private static @Nullable Region region(MapReader map) {
    String wanted = "an IP address, as 192.0.2.10";
    return map.require("connect-to", wanted, value -> value.parsed(wanted, Region::parse));
  }

  /// `verification` is null if what is written there is wrong, and then may ask for journeys.
  private static void checkProbed(Value entry, MapReader map, @Nullable Verification verification) {
    boolean detects = map.has("detect") || map.isMisspelt("detect");
    boolean verifies = verification == null || verification.deep() || map.isMisspelt("verify");
    if (!detects && !verifies) {
      entry.wrongKey(
          "nothing probes this service; write `detect: URL`, or journeys under `verify`");
    }
  }

  /// The names of regions that a journey writes are those of each service that uses it.
  private void checkNamedRegions(String service, String journey, Set<String> regions) {
    for (Value region : regionsOf.apply(journey)) {
      region.parsed(
          "the name of a region",
          name -> {
            if (!regions.contains(name)) {
              throw new IllegalArgumentException(
                  "%s, which uses this journey, has no region %s; %s"
                      .formatted(
                          Value.quoted(service),
                          Value.quoted(name),
                          Nearest.advice(name, regions, "write `regions` there, or remove it")));
            }
            return name;
          });
    }
  }

  /// A region is where the host of a URL leads; an address leads where it says, and a proxy finds
  /// the way by itself.
  private void checkRegions(MapReader map, Detection detection, Verification verification) {
    Stream<Journey> deep =
        verification.verify().journeys().stream()
            .map(journeys::get)
            .filter(Objects::nonNull)
            .map(JourneySettings::journey);
    Detect detect = detection.detect();
    Stream<Journey> shallow = detect == null ? Stream.empty() : Stream.of(detect.probe());
    List<Step> steps = Stream.concat(shallow, deep).flatMap(Journey::allSteps).toList();
    if (steps.stream().anyMatch(step -> WebUrl.namesAddress(step.action().url().sample("1")))) {
      map.wrong(
          "regions",
          "`regions` cannot lead a URL elsewhere whose host is an IP address; write a host name in"
              + " the URLs of `detect` and of the journeys");
    }
    if (steps.stream().anyMatch(step -> step.link().proxy() != null)) {
      map.wrong(
          "regions",
          "`regions` cannot lead what goes through a proxy, which decides where to connect; remove"
              + " `proxy` from the journeys");
    }
  }

  /// Verification alone takes the span, so an RTO that is not longer can only be missed.
  private static void checkSpan(
      MapReader map, @Nullable Rto rto, @Nullable Verification verification) {
    if (rto == null || verification == null || rto.target().compareTo(verification.span()) > 0) {
      return;
    }
    String target = Durations.print(rto.target());
    String span = Durations.print(verification.span());
    if (verification.spanAt() == null) {
      map.wrong(
          "rto",
          "`rto` %s cannot be met, verification takes %s; write more, or a shorter `for` in `verify`"
              .formatted(target, span));
    } else {
      verification
          .spanAt()
          .wrong(
              "`for` %s is not shorter than the RTO of %s; write less, or a longer `rto`"
                  .formatted(span, target));
    }
  }
}
