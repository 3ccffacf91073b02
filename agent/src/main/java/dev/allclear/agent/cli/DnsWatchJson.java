package dev.allclear.agent.cli;

import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Parts;
import dev.allclear.probes.propagation.Share;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `dns --watch` tells machines, in the end: bounds without an `earliest` and lengths without
/// a `max` are open. `ordered` is when the change is said to have been ordered.
record DnsWatchJson(Moment now, @Nullable Moment ordered) {
  private static final Duration NO_BOUND = Duration.ofDays(10_000);

  String of(Subject subject, @Nullable Spread spread, boolean converged) {
    JsonObject all =
        new JsonObject()
            .put("name", subject.name())
            .put("changed", spread != null)
            .put("converged", converged);
    if (spread == null) {
      return Json.write(all);
    }
    List<JsonObject> authorities = new ArrayList<>();
    spread
        .authorities()
        .servers()
        .forEach((name, cache) ->
            authorities.add(
                new JsonObject().put("server", name).put("flip", flip(cache.turned()))));
    Eta eta = spread.eta(Duration.ofSeconds(1));
    Parts parts = ordered == null ? spread.parts() : spread.parts(ordered);
    return Json.write(
        all.put("ordered", ordered == null ? null : ordered.wall())
            .put("start", spread.start().wall())
            .put("authorities", authorities)
            .put("eta", eta.last() == null ? null : bounds(eta.last()))
            .put(
                "parts",
                new JsonObject()
                    .put("api", ordered == null ? null : span(parts.api()))
                    .put("sync", span(parts.sync()))
                    .put("tail", span(parts.tail()))
                    .put("whole", span(parts.whole())))
            .put("caches", share(spread.caches(now)))
            .put("resolvers", share(spread.resolvers(now)))
            .put("users", share(spread.users(now)))
            .put(
                "endpoints",
                spread.endpoints().stream().map(each -> endpoint(each, spread)).toList()));
  }

  private static JsonObject endpoint(Endpoint endpoint, Spread spread) {
    List<JsonObject> flips = new ArrayList<>();
    endpoint
        .flips(spread.event())
        .forEach((cache, flip) ->
            flips.add(new JsonObject().put("cache", cache).put("flip", flip(flip))));
    return new JsonObject()
        .put("resolver", endpoint.resolver())
        .put("link", endpoint.link())
        .put("flips", flips)
        .put("verdicts", spread.verdicts(endpoint).stream().map(DnsWatchJson::verdict).toList());
  }

  private static JsonObject verdict(Verdict verdict) {
    return new JsonObject()
        .put("verdict", DnsVerdicts.word(verdict))
        .put("text", DnsVerdicts.sentence(verdict));
  }

  private static @Nullable JsonObject flip(Flip flip) {
    Moment latest = flip.latest();
    if (latest == null) {
      return null;
    }
    boolean open = flip.earliest().equals(Moment.UNBOUNDED);
    return new JsonObject()
        .put("earliest", open ? null : flip.earliest().wall())
        .put("latest", latest.wall());
  }

  private static JsonObject bounds(Bounds bounds) {
    boolean open = bounds.earliest().equals(Moment.UNBOUNDED);
    return new JsonObject()
        .put("earliest", open ? null : bounds.earliest().wall())
        .put("likely", open ? null : bounds.likely().wall())
        .put("latest", bounds.latest().wall());
  }

  private static @Nullable JsonObject span(@Nullable Span span) {
    if (span == null) {
      return null;
    }
    boolean open = span.max().compareTo(NO_BOUND) > 0;
    return new JsonObject()
        .put("min", span.min())
        .put("likely", open ? null : span.likely())
        .put("max", open ? null : span.max());
  }

  private static @Nullable JsonObject share(@Nullable Share share) {
    return share == null
        ? null
        : new JsonObject()
            .put("certain", share.certainPercent())
            .put("possible", share.possiblePercent())
            .put("of", share.all());
  }
}
