package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import java.util.List;
import java.util.Set;

/// One line of an outage's timeline.
public record Entry(Bounds at, String type, String text) {

  /// The lines that an event adds.
  public static List<Entry> of(Event event) {
    return switch (event) {
      case Event.Healthy e -> one(Bounds.at(e.at()), "healthy", "healthy");
      case Event.Suspected e -> one(e.onset(), "suspected", why(e.probe(), e.detail()));
      case Event.Blipped e -> one(e.end(), "blip", e.probe() + " passes again, not confirmed");
      case Event.Detected e ->
          List.of(
              new Entry(e.onset(), "onset", why(e.probe(), e.detail())),
              new Entry(Bounds.at(e.at()), "detected", "down: " + String.join(", ", e.failing())));
      case Event.AlsoFailing e -> one(e.onset(), "also-failing", why(e.probe(), e.detail()));
      case Event.FirstGood e ->
          one(e.good(), "first-good", e.probe() + " passes again" + waiting(e.waitingFor()));
      case Event.Verifying e -> one(Bounds.at(e.at()), "verifying", "every required probe passes");
      case Event.FalseStart e -> one(e.failed(), "false-start", why(e.probe(), e.detail()));
      case Event.Verified e ->
          List.of(
              new Entry(e.restored(), "restored", "every required probe works from here on"),
              new Entry(Bounds.at(e.at()), "verified", "verified healthy, hold begins"));
      case Event.Relapsed e ->
          one(e.failed(), "relapse", "false recovery: " + why(e.probe(), e.detail()));
      case Event.Closed e -> one(Bounds.at(e.at()), "closed", "hold ended: all clear");
      case Event.Blind e -> one(new Bounds(e.from(), e.from(), e.at()), "blind", e.reason());
      case Event.DnsChanged e ->
          one(
              e.changed(),
              "dns-changed",
              e.name() + " from " + list(e.oldRecords()) + " to " + list(e.newRecords()));
      case Event.DnsFlipped e ->
          one(e.flipped(), "dns-flipped", e.server() + " answers the new " + e.name());
      case Event.DnsReverted e ->
          one(Bounds.at(e.at()), "dns-reverted", e.server() + " answers the old " + e.name());
      case Event.DnsConverged e ->
          one(e.converged(), "dns-converged", "every resolver answers the new " + e.name());
    };
  }

  private static List<Entry> one(Bounds at, String type, String text) {
    return List.of(new Entry(at, type, text));
  }

  private static String why(String probe, String detail) {
    return probe + ": " + detail;
  }

  private static String waiting(Set<String> probes) {
    return probes.isEmpty() ? "" : ", not yet " + String.join(", ", probes);
  }

  private static String list(List<String> records) {
    return records.isEmpty() ? "nothing" : String.join(" ", records);
  }
}
