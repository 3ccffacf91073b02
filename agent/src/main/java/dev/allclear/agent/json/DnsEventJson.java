package dev.allclear.agent.json;

import dev.allclear.agent.outage.Event;
import dev.allclear.probes.Moment;

/// The events of names, as {@link EventJson} keeps the others.
final class DnsEventJson {
  private DnsEventJson() {}

  static String type(Event.Dns event) {
    return switch (event) {
      case Event.DnsTtl _ -> "dns-ttl";
      case Event.DnsClaimed _ -> "dns-claimed";
      case Event.DnsChanged _ -> "dns-changed";
      case Event.DnsPublished _ -> "dns-published";
      case Event.DnsForetold _ -> "dns-foretold";
      case Event.DnsFlipped _ -> "dns-flipped";
      case Event.DnsReverted _ -> "dns-reverted";
      case Event.DnsConverged _ -> "dns-converged";
      case Event.DnsVerdict _ -> "dns-verdict";
      case Event.DnsUnreachable _ -> "dns-unreachable";
      case Event.DnsReachable _ -> "dns-reachable";
      case Event.DnsLagging _ -> "dns-lagging";
      case Event.DnsRecovered _ -> "dns-recovered";
    };
  }

  static JsonObject beside(Event.Dns event) {
    JsonObject json = new JsonObject().put("name", event.name());
    return switch (event) {
      case Event.DnsTtl e -> json.put("link", e.link()).put("ttl", e.ttl());
      case Event.DnsClaimed e ->
          json.put("claimed", TimeJson.tree(e.claimed())).put("actor", e.actor());
      case Event.DnsChanged e ->
          json.put("changed", TimeJson.tree(e.changed()))
              .put("oldRecords", e.oldRecords())
              .put("newRecords", e.newRecords());
      case Event.DnsPublished e ->
          json.put("server", e.server()).put("published", TimeJson.tree(e.published()));
      case Event.DnsForetold e ->
          json.put("last", TimeJson.tree(e.last()))
              .put("server", e.server())
              .put("link", e.link())
              .put("firm", e.firm())
              .put("unknown", e.unknown());
      case Event.DnsFlipped e ->
          json.put("server", e.server())
              .put("cache", e.cache())
              .put("flipped", TimeJson.tree(e.flipped()));
      case Event.DnsReverted e -> json.put("server", e.server()).put("cache", e.cache());
      case Event.DnsConverged e -> json.put("converged", TimeJson.tree(e.converged()));
      case Event.DnsVerdict e ->
          json.put("server", e.server()).put("verdict", e.verdict()).put("text", e.text());
      case Event.DnsUnreachable e -> json.put("since", TimeJson.tree(e.since()));
      case Event.DnsReachable e -> json.put("since", TimeJson.tree(e.since()));
      case Event.DnsLagging e -> json.put("server", e.server());
      case Event.DnsRecovered e ->
          json.put("server", e.server()).put("recovered", TimeJson.tree(e.recovered()));
    };
  }

  static Event read(String type, Moment at, Fields in) {
    String name = in.text("name");
    return switch (type) {
      case "dns-ttl" ->
          new Event.DnsTtl(at, name, in.text("link"), Math.toIntExact(in.number("ttl")));
      case "dns-claimed" ->
          new Event.DnsClaimed(at, name, in.moment("claimed"), textOrNone(in, "actor"));
      case "dns-changed" ->
          new Event.DnsChanged(
              at, name, in.bounds("changed"), in.texts("oldRecords"), in.texts("newRecords"));
      case "dns-published" ->
          new Event.DnsPublished(at, name, in.text("server"), in.bounds("published"));
      case "dns-foretold" -> foretold(at, name, in);
      case "dns-flipped" ->
          new Event.DnsFlipped(at, name, in.text("server"), cache(in), in.bounds("flipped"));
      case "dns-reverted" -> new Event.DnsReverted(at, name, in.text("server"), cache(in));
      case "dns-converged" -> new Event.DnsConverged(at, name, in.bounds("converged"));
      case "dns-verdict" ->
          new Event.DnsVerdict(at, name, in.text("server"), in.text("verdict"), in.text("text"));
      case "dns-unreachable" -> new Event.DnsUnreachable(at, name, in.bounds("since"));
      case "dns-reachable" -> new Event.DnsReachable(at, name, in.bounds("since"));
      case "dns-lagging" -> new Event.DnsLagging(at, name, in.text("server"));
      case "dns-recovered" ->
          new Event.DnsRecovered(at, name, in.text("server"), in.bounds("recovered"));
      default -> throw EventJson.unknown();
    };
  }

  private static Event foretold(Moment at, String name, Fields in) {
    return new Event.DnsForetold(
        at,
        name,
        in.bounds("last"),
        in.text("server"),
        in.text("link"),
        in.truth("firm"),
        in.texts("unknown"));
  }

  /// Earlier versions did not tell caches apart.
  private static String cache(Fields in) {
    return textOrNone(in, "cache");
  }

  private static String textOrNone(Fields in, String name) {
    return in.has(name) ? in.text(name) : "";
  }
}
