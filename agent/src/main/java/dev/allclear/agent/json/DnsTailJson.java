package dev.allclear.agent.json;

import dev.allclear.agent.outage.DnsTail;
import dev.allclear.agent.outage.Event;
import dev.allclear.probes.Bounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a name changed in an outage, as the outside gets it.
final class DnsTailJson {
  private DnsTailJson() {}

  static JsonObject tree(DnsTail tail) {
    Event.DnsChanged changed = tail.changed();
    Event.DnsFlipped limit = tail.limit();
    return new JsonObject()
        .put("name", tail.name())
        .put("claimed", IncidentJson.decision(tail.claimed()))
        .put("changed", changed == null ? null : IncidentJson.bounds(changed.changed()))
        .put("from", changed == null ? List.of() : changed.oldRecords())
        .put("to", changed == null ? List.of() : changed.newRecords())
        .put("firstAuthority", bounds(tail.first()))
        .put("lastAuthority", bounds(tail.everywhere()))
        .put("eta", tail.foretold() == null ? null : eta(tail.foretold()))
        .put("flips", tail.flips().stream().map(DnsTailJson::flip).toList())
        .put("converged", bounds(tail.converged()))
        .put("limit", limit == null ? null : limit.server())
        .put("parts", parts(tail))
        .put("lagging", tail.lagging())
        .put("recovered", tail.recovered().stream().map(DnsTailJson::recovered).toList())
        .put("verdicts", tail.verdicts().stream().map(DnsTailJson::verdict).toList());
  }

  private static JsonObject parts(DnsTail tail) {
    return new JsonObject()
        .put("api", IncidentJson.span(tail.api()))
        .put("sync", IncidentJson.span(tail.sync()))
        .put("tail", IncidentJson.span(tail.tail()))
        .put("whole", IncidentJson.span(tail.whole()));
  }

  private static JsonObject eta(Event.DnsForetold foretold) {
    return new JsonObject()
        .put("last", IncidentJson.bounds(foretold.last()))
        .put("resolver", foretold.server())
        .put("link", foretold.link())
        .put("firm", foretold.firm())
        .put("unknown", foretold.unknown());
  }

  private static JsonObject flip(Event.DnsFlipped flip) {
    return new JsonObject()
        .put("resolver", flip.server())
        .put("cache", flip.cache())
        .put("at", IncidentJson.bounds(flip.flipped()));
  }

  private static JsonObject recovered(Event.DnsRecovered recovered) {
    return new JsonObject()
        .put("resolver", recovered.server())
        .put("at", IncidentJson.bounds(recovered.recovered()));
  }

  private static JsonObject verdict(Event.DnsVerdict verdict) {
    return new JsonObject()
        .put("resolver", verdict.server())
        .put("verdict", verdict.verdict())
        .put("text", verdict.text());
  }

  private static @Nullable JsonObject bounds(@Nullable Bounds bounds) {
    return bounds == null ? null : IncidentJson.bounds(bounds);
  }
}
