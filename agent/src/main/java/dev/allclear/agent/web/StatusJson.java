package dev.allclear.agent.web;

import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Track;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The state of everything as JSON. What is not known is null.
final class StatusJson {
  private StatusJson() {}

  static JsonObject of(Sources sources) {
    List<JsonObject> services =
        sources.healths().get().stream()
            .sorted(Comparator.comparing(Health::cell))
            .map(health -> service(health, sources.objectives().get(health.cell())))
            .toList();
    JsonObject vantage =
        new JsonObject()
            .put("id", sources.vantage().id())
            .put("region", sources.vantage().region());
    return new JsonObject()
        .put("vantage", vantage)
        .put("version", sources.version())
        .put("now", sources.clock().now().wall())
        .put("started", sources.started().wall())
        .put("services", services);
  }

  private static JsonObject service(Health health, @Nullable Rto rto) {
    Incident incident = health.incident();
    return new JsonObject()
        .put("service", health.cell().service())
        .put("region", health.cell().region())
        .put("state", health.label())
        .put("blindSince", wall(health.vision().blindSince()))
        .put("failing", new TreeSet<>(health.failing()))
        .put("since", incident == null ? null : IncidentJson.bounds(incident.onset()))
        .put("rto", rto == null ? null : objective(rto))
        .put("incident", incident == null ? null : incident.id())
        .put("probes", probes(health));
  }

  private static JsonObject objective(Rto rto) {
    return new JsonObject().put("seconds", rto.target()).put("from", rto.from().label());
  }

  private static List<JsonObject> probes(Health health) {
    return health.required().stream()
        .sorted(Comparator.comparing(Track::probe))
        .map(StatusJson::probe)
        .toList();
  }

  private static JsonObject probe(Track track) {
    return new JsonObject()
        .put("probe", track.probe())
        .put("depth", track.depth().label())
        .put("up", Sight.of(track).up())
        .put("lastPass", end(track.lastPass()))
        .put("lastFail", end(track.lastFail()));
  }

  private static @Nullable Instant wall(@Nullable Moment moment) {
    return moment == null ? null : moment.wall();
  }

  private static @Nullable Instant end(@Nullable Bounds proof) {
    return proof == null ? null : proof.latest().wall();
  }
}
