package dev.allclear.agent.web;

import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.json.ServiceOutageJson;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.agent.recovery.ServiceOutage;
import dev.allclear.probes.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Services as a whole as JSON: where each stands in each of its regions, and its last outage of
/// all. A service that is not probed region by region has no such outage.
final class ServicesJson {
  private ServicesJson() {}

  static List<JsonObject> of(Sources sources) {
    Moment now = sources.clock().now();
    List<Incident> incidents = sources.incidents().get();
    Map<String, List<Health>> services = new TreeMap<>();
    sources.healths().get().stream()
        .sorted(Comparator.comparing(Health::cell))
        .forEach(health ->
            services.computeIfAbsent(health.cell().service(), _ -> new ArrayList<>()).add(health));
    List<JsonObject> all = new ArrayList<>();
    services.forEach((name, healths) ->
        all.add(service(name, healths, sources.expected().apply(name), incidents, now)));
    return all;
  }

  private static JsonObject service(
      String name, List<Health> healths, Expected expected, List<Incident> incidents, Moment now) {
    List<ServiceOutage> outages = ServiceOutage.of(name, expected, incidents);
    ServiceOutage last = outages.isEmpty() ? null : outages.getLast();
    return new JsonObject()
        .put("service", name)
        .put("dependsOn", expected.dependsOn())
        .put("downWhen", expected.regions().isEmpty() ? null : expected.downWhen().label())
        .put("down", isDown(healths, expected))
        .put("regions", healths.stream().map(ServicesJson::region).toList())
        .put("outage", last == null ? null : ServiceOutageJson.tree(last, now));
  }

  /// As was decided: not verified healthy in so many regions.
  private static boolean isDown(List<Health> healths, Expected expected) {
    long down = healths.stream().filter(Health::isDown).count();
    return down >= expected.downWhen().regions(healths.size());
  }

  private static JsonObject region(Health health) {
    Incident incident = health.incident();
    return new JsonObject()
        .put("region", health.cell().region())
        .put("state", health.label())
        .put("incident", incident == null ? null : incident.id());
  }
}
