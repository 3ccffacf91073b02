package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
              new Entry(
                  Bounds.at(e.at()),
                  "detected",
                  e.level().name() + ": " + String.join(", ", e.failing())));
      case Event.Flapping e ->
          List.of(
              new Entry(e.onset(), "onset", e.probe() + " began to fail now and then"),
              new Entry(Bounds.at(e.at()), "flapping", e.blips() + " blips"));
      case Event.Worsened e ->
          one(e.onset(), "worsened", e.level().name() + ": " + why(e.probe(), e.detail()));
      case Event.Eased e ->
          List.of(
              new Entry(e.restored(), "eased", "no worse than " + e.level().name() + still(e)),
              new Entry(
                  Bounds.at(e.at()), "eased-verified", "verified, but for " + e.level().name()));
      case Event.Overran e ->
          one(Bounds.at(e.end()), "overran", "the maintenance window ended, and it is not well");
      case Event.Overdue e ->
          one(Bounds.at(e.at()), "overdue", "nobody has claimed to do anything about it");
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
      case Event.Waits e -> one(Bounds.at(e.at()), "waits", waits(e.services()));
      case Event.Served e -> one(e.shifted(), "served", served(e));
      case Event.DepthsDiffer e ->
          one(e.since(), "depths-differ", "shallow probes pass while deep ones fail");
      case Event.DepthsAgree e ->
          one(e.until(), "depths-agree", "shallow and deep probes agree again");
      case Event.Closed e -> one(Bounds.at(e.at()), "closed", "hold ended: all clear");
      case Event.LostSight e ->
          one(new Bounds(e.from(), e.from(), e.at()), "lost-sight", e.reason());
      case Event.Blind e -> one(new Bounds(e.from(), e.from(), e.at()), "blind", e.reason());
      case Event.ClockSet e -> one(Bounds.at(e.at()), "clock-set", set(e.by()));
      case Event.Claimed e -> List.of(claimed(e.claim()));
      case Event.Dns e -> List.of(dns(e));
    };
  }

  private static String set(Duration by) {
    String way = by.isNegative() ? "back" : "forward";
    return "the clock was set %s by %s; no length follows it"
        .formatted(way, Figures.length(by.abs()));
  }

  private static Entry claimed(Claim claim) {
    Said said = claim.said();
    String type = said instanceof Said.DnsChanged ? "dns-claimed" : said.label();
    String actor = claim.actor().isEmpty() ? "somebody" : claim.actor();
    return new Entry(claim.when(), type, actor + " says: " + said.text());
  }

  private static Entry dns(Event.Dns event) {
    String name = event.name();
    return switch (event) {
      case Event.DnsTtl e ->
          point(e, "dns-ttl", "%s is published with a TTL of %d s".formatted(e.link(), e.ttl()));
      case Event.DnsClaimed e ->
          new Entry(
              Bounds.at(e.claimed()),
              "dns-claimed",
              name + " is said to be changed" + by(e.actor()));
      case Event.DnsChanged e ->
          new Entry(
              e.changed(),
              "dns-changed",
              name + " from " + list(e.oldRecords()) + " to " + list(e.newRecords()));
      case Event.DnsPublished e ->
          new Entry(e.published(), "dns-published", e.server() + " publishes the new " + name);
      case Event.DnsForetold e -> new Entry(e.last(), "dns-eta", foretold(e));
      case Event.DnsFlipped e ->
          new Entry(
              e.flipped(),
              "dns-flipped",
              place(e.server(), e.cache()) + " answers the new " + name);
      case Event.DnsReverted e ->
          point(e, "dns-reverted", place(e.server(), e.cache()) + " answers the old " + name);
      case Event.DnsConverged e ->
          new Entry(e.converged(), "dns-converged", "every resolver answers the new " + name);
      case Event.DnsVerdict e -> point(e, "dns-verdict", e.server() + " " + e.text());
      case Event.DnsUnreachable e ->
          new Entry(e.since(), "dns-unreachable", "no authority of " + name + " answers");
      case Event.DnsReachable e ->
          new Entry(e.since(), "dns-reachable", "authorities of " + name + " answer again");
      case Event.DnsLagging e ->
          point(
              e,
              "dns-lagging",
              e.server()
                  + " fails or gives ended answers, though authorities of "
                  + name
                  + " answer again");
      case Event.DnsRecovered e ->
          new Entry(e.recovered(), "dns-recovered", e.server() + " answers " + name + " again");
    };
  }

  private static String waits(Set<String> services) {
    return services.isEmpty()
        ? "waits for no other service any more"
        : "waits for " + sorted(services) + ", which it depends on";
  }

  private static String served(Event.Served event) {
    String now = "%s: %s %s".formatted(event.probe(), event.label(), sorted(event.to()));
    return event.from().isEmpty() ? now : now + " instead of " + sorted(event.from());
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }

  private static Entry point(Event event, String type, String text) {
    return new Entry(Bounds.at(event.at()), type, text);
  }

  private static String by(String actor) {
    return actor.isEmpty() ? "" : " by " + actor;
  }

  private static String place(String server, String cache) {
    return cache.isEmpty() ? server : server + " (cache " + cache + ")";
  }

  private static String foretold(Event.DnsForetold event) {
    String text =
        "the last cache will answer the new %s, limited by %s, link %s"
            .formatted(event.name(), event.server(), event.link());
    String firm = event.firm() ? "" : "; not firm until every authority is new";
    return event.unknown().isEmpty()
        ? text + firm
        : text + firm + "; nothing is known of " + String.join(", ", event.unknown());
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

  private static String still(Event.Eased eased) {
    return eased.failing().isEmpty() ? "" : ": " + String.join(", ", eased.failing());
  }

  private static String list(List<String> records) {
    return records.isEmpty() ? "nothing" : String.join(" ", records);
  }
}
