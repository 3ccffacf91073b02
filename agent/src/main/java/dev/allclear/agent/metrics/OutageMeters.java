package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Optional;

/// The moments and lengths of each cell's last outage, as far as they are known. What no
/// observation bounds has no series.
final class OutageMeters {
  private static final Gauges.Family ONSET =
      seconds("allclear.outage.onset.timestamp", "When the last outage began, within bounds.");

  private static final Gauges.Family DETECTED =
      seconds("allclear.outage.detected.timestamp", "When the last outage was decided to be one.");

  private static final Gauges.Family VERIFIED =
      seconds(
          "allclear.outage.verified.timestamp",
          "When the service was verified healthy after the last outage.");

  private static final Gauges.Family DETECTION =
      seconds("allclear.detection", "Onset to detected, of the last outage.");

  private static final Gauges.Family DOWNTIME =
      seconds("allclear.downtime", "Onset to restored, of the last outage.");

  private static final Gauges.Family RECOVERY =
      seconds("allclear.recovery", "Detected to verified, of the last outage.");

  private static final Gauges.Family VERIFICATION =
      seconds("allclear.verification", "First good to verified, of the last outage.");

  private static final Gauges.Family DISAGREEMENT =
      seconds(
          "allclear.depth.disagreement",
          "How long shallow probes passed while deep ones failed, in the last outage.");

  private final Gauges gauges;

  OutageMeters(Gauges gauges) {
    this.gauges = gauges;
  }

  void show(Incident incident) {
    Tags owner = Labels.of(incident.cell());
    Bounds detected = Bounds.at(incident.detected());
    gauges.show(ONSET, owner, Readings.of(incident.onset()));
    gauges.show(DETECTED, owner, Seconds.up(incident.detected().wall()));
    gauges.show(VERIFIED, owner, moment(incident.verified()));
    gauges.show(DETECTION, owner, Readings.of(incident.onset(), Optional.of(incident.detection())));
    gauges.show(DOWNTIME, owner, Readings.of(incident.onset(), incident.downtime()));
    gauges.show(RECOVERY, owner, Readings.of(detected, incident.recovery()));
    gauges.show(DISAGREEMENT, owner, Readings.of(detected, incident.disagreement().measured()));
    gauges.show(
        VERIFICATION,
        owner,
        Readings.of(incident.firstGood().orElse(detected), incident.verification()));
  }

  private static Gauges.Family seconds(String name, String help) {
    return new Gauges.Family(name, "seconds", help);
  }

  private static Map<Tags, Double> moment(Optional<Moment> moment) {
    return moment.map(known -> Map.of(Tags.empty(), Seconds.up(known.wall()))).orElseGet(Map::of);
  }
}
