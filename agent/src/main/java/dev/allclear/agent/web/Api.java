package dev.allclear.agent.web;

import dev.allclear.agent.json.FailureJson;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.json.RecoveryJson;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.report.Story;
import dev.allclear.probes.Moment;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The JSON answers.
final class Api {
  private static final int INCIDENTS = 100;
  private static final int MOST_INCIDENTS = 1000;

  private final Sources sources;

  Api(Sources sources) {
    this.sources = sources;
  }

  Answer status() {
    return Answer.ok(Content.json(StatusJson.of(sources)));
  }

  /// Each as a whole.
  Answer services() {
    return Answer.ok(Content.json(Json.write(ServicesJson.of(sources))));
  }

  /// The names that are followed.
  Answer dns() {
    DnsJson json = new DnsJson(sources.clock().now());
    return Answer.ok(Content.json(Json.write(sources.dns().get().stream().map(json::of).toList())));
  }

  /// Newest first.
  Answer incidents(Query query) {
    query.allowing(List.of("service", "state", "limit"));
    Optional<String> service = query.oneOf("service", names());
    Optional<String> state = query.oneOf("state", List.of("open", "closed"));
    int limit = query.count("limit", INCIDENTS, MOST_INCIDENTS);
    Moment now = sources.clock().now();
    List<JsonObject> found =
        sources.newestFirst().stream()
            .filter(each -> service.map(each.cell().service()::equals).orElse(true))
            .filter(
                each -> state.map(wanted -> wanted.equals("open") == each.isOpen()).orElse(true))
            .limit(limit)
            .map(each -> IncidentJson.tree(each, sources.vantage(), now))
            .toList();
    return Answer.ok(Content.json(Json.write(found)));
  }

  Answer incident(String id) {
    Moment now = sources.clock().now();
    return sources
        .incident(id)
        .map(found -> Answer.ok(Content.json(json(sources.story(found, now)))))
        .orElseGet(() ->
            Answer.refused(404, "no incident `" + id + "`", "an id that /api/v1/incidents lists"));
  }

  private static JsonObject json(Story story) {
    return IncidentJson.tree(story.incident(), story.vantage(), story.now())
        .put("metrics", RecoveryJson.tree(story.measures(), story.now()))
        .put("failures", FailureJson.tree(story.failed()));
  }

  /// Those watched now, and those of the past.
  private SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    sources.healths().get().stream().map(Health::cell).forEach(cell -> names.add(cell.service()));
    sources.incidents().get().stream()
        .map(Incident::cell)
        .forEach(cell -> names.add(cell.service()));
    return names;
  }
}
