package dev.allclear.agent.web;

import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.propagation.VerdictText;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Share;
import dev.allclear.probes.propagation.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is known of the names that are followed, as JSON. What is not known is null.
record DnsJson(Moment now) {
  private static final Duration LAG = Duration.ofSeconds(1);

  JsonObject of(Standing standing) {
    Eta eta = standing.changing() ? standing.spread().eta(LAG) : null;
    return new JsonObject()
        .put("name", standing.subject().name())
        .put("question", standing.subject().question().toString())
        .put("changing", standing.changing())
        .put("records", standing.known())
        .put("eta", eta == null ? null : eta(eta))
        .put("caches", share(standing, standing.spread().caches(now)))
        .put("resolvers", share(standing, standing.spread().resolvers(now)))
        .put("users", share(standing, standing.spread().users(now)))
        .put("servers", servers(standing));
  }

  private static List<JsonObject> servers(Standing standing) {
    return Stream.concat(
            standing.subject().authorities().stream(), standing.subject().resolvers().stream())
        .map(server -> server(standing, server))
        .toList();
  }

  private static JsonObject server(Standing standing, Server server) {
    StepRun last = standing.answers().get(server.name());
    return new JsonObject()
        .put("server", server.name())
        .put("authority", server.authority())
        .put("asked", last == null ? null : last.begin().wall())
        .put("records", standing.records(server.name()))
        .put("ttl", standing.ttl(server.name()))
        .put("verdicts", verdicts(standing, server.name()));
  }

  private static List<JsonObject> verdicts(Standing standing, String server) {
    return standing.spread().endpoints().stream()
        .filter(each -> each.resolver().equals(server))
        .flatMap(each -> verdicts(standing, each))
        .toList();
  }

  private static Stream<JsonObject> verdicts(Standing standing, Endpoint endpoint) {
    return standing.spread().verdicts(endpoint).stream().map(DnsJson::verdict);
  }

  private static JsonObject verdict(Verdict verdict) {
    return new JsonObject()
        .put("verdict", VerdictText.word(verdict))
        .put("text", VerdictText.sentence(verdict));
  }

  private static JsonObject eta(Eta eta) {
    Bounds last = eta.last();
    Eta.Expected limit = eta.limit();
    return new JsonObject()
        .put("last", last == null ? null : IncidentJson.bounds(last))
        .put("resolver", limit == null ? null : limit.resolver())
        .put("link", limit == null ? null : limit.link())
        .put("firm", eta.firm())
        .put("unknown", eta.unknown());
  }

  /// All of them while no change is under way.
  private static @Nullable JsonObject share(Standing standing, @Nullable Share share) {
    return share == null
        ? null
        : new JsonObject()
            .put("certain", standing.changing() ? share.certain() : share.all())
            .put("possible", standing.changing() ? share.possible() : share.all())
            .put("all", share.all());
  }
}
