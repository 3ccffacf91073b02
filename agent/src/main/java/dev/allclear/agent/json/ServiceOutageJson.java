package dev.allclear.agent.json;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.recovery.ServiceOutage;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An outage of a service as a whole as the outside gets it; what is not known is null.
public final class ServiceOutageJson {
  private ServiceOutageJson() {}

  public static JsonObject tree(ServiceOutage outage, Moment now) {
    return new JsonObject()
        .put("downWhen", outage.downWhen().label())
        .put("regions", outage.regions())
        .put("incidents", outage.incidents().stream().map(Incident::id).toList())
        .put("kind", outage.kind().label())
        .put("state", outage.isOpen() ? "open" : "closed")
        .put("onset", IncidentJson.bounds(outage.onset()))
        .put("detected", IncidentJson.decision(outage.detected()))
        .put("restored", bounds(outage.restored()))
        .put("verified", IncidentJson.decision(outage.verified()))
        .put("durations", durations(outage))
        .put("rto", rto(outage, now))
        .put(
            "verifiedRegions",
            outage.verifiedRegions().stream().map(each -> region(each, outage)).toList())
        .put("curve", curve(outage));
  }

  private static JsonObject durations(ServiceOutage outage) {
    Span recovery =
        outage.verified() == null
            ? null
            : Bounds.at(outage.detected()).until(Bounds.at(outage.verified()));
    return new JsonObject()
        .put("detection", IncidentJson.span(outage.detection()))
        .put("downtime", IncidentJson.span(outage.downtime().orElse(null)))
        .put("recovery", IncidentJson.span(recovery));
  }

  private static JsonObject rto(ServiceOutage outage, Moment now) {
    return new JsonObject()
        .put("seconds", outage.rto().target())
        .put("from", outage.rto().from().label())
        .put("verdict", outage.verdict(now).label());
  }

  private static JsonObject region(ServiceOutage.Region region, ServiceOutage outage) {
    return new JsonObject()
        .put("region", region.name())
        .put("verified", IncidentJson.decision(region.verified()))
        .put("sinceOnset", IncidentJson.span(outage.onset().until(Bounds.at(region.verified()))));
  }

  private static List<JsonObject> curve(ServiceOutage outage) {
    int all = outage.regions().size();
    return outage.curve().stream()
        .map(point ->
            new JsonObject()
                .put("at", IncidentJson.decision(point.at()))
                .put("up", point.up())
                .put("of", all))
        .toList();
  }

  private static @Nullable JsonObject bounds(@Nullable Bounds bounds) {
    return bounds == null ? null : IncidentJson.bounds(bounds);
  }
}
