package dev.allclear.agent.web;

import dev.allclear.agent.json.ClaimJson;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Heard;
import dev.allclear.agent.outage.Told;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people and tools say happened, one claim or a list of them. It is accepted once it is
/// written down: all of it, or nothing if anything is wrong.
final class Claims {
  /// In bytes.
  static final int LARGEST = 65_536;

  private static final int MOST = 100;

  private final Sources sources;

  Claims(Sources sources) {
    this.sources = sources;
  }

  /// `key` is that of the request, empty if it has none.
  Answer take(String body, String key) {
    Object tree = tree(body);
    if (!(tree instanceof List<?> several)) {
      return accept(List.of(new Slip(tree, key, "")), false);
    }
    if (several.isEmpty() || several.size() > MOST) {
      throw new BadRequest(several.size() + " claims at once", "from 1 to " + MOST);
    }
    List<Slip> slips = new ArrayList<>();
    for (Object each : several) {
      int number = slips.size() + 1;
      String own = key.isEmpty() ? "" : key + "/" + number;
      slips.add(new Slip(each, own, "claim " + number + ": "));
    }
    return accept(slips, true);
  }

  /// One claim of a request.
  private record Slip(@Nullable Object tree, String key, String place) {}

  private static @Nullable Object tree(String body) {
    try {
      return Json.read(body);
    } catch (IllegalArgumentException e) {
      throw new BadRequest(String.valueOf(e.getMessage()), ClaimReader.EXAMPLE);
    }
  }

  private Answer accept(List<Slip> slips, boolean several) {
    Refusals refusals = new Refusals();
    ClaimReader reader = new ClaimReader(sources, sources.clock().now(), refusals);
    List<Handed> handed = new ArrayList<>();
    for (Slip slip : slips) {
      refusals.at(slip.place());
      Handed read = reader.read(slip.tree(), slip.key());
      if (read != null) {
        handed.add(read);
      }
    }
    return refusals.isEmpty() ? write(slips, handed, several) : refusals.answer();
  }

  private Answer write(List<Slip> slips, List<Handed> handed, boolean several) {
    List<Told> told = new ArrayList<>();
    for (Handed each : handed) {
      if (each instanceof Handed.Service(String _, Told of)) {
        told.add(of);
      }
    }
    List<Heard> heard = told.isEmpty() ? List.of() : sources.intake().hear().apply(told);
    Refusals taken = taken(slips, handed, heard);
    if (!taken.isEmpty()) {
      return taken.answer();
    }
    List<JsonObject> answers = new ArrayList<>();
    Iterator<Heard> next = heard.iterator();
    for (Handed each : handed) {
      answers.add(
          switch (each) {
            case Handed.Name(DnsClaim claim) -> changed(claim);
            case Handed.Service(String service, Told of) -> written(service, of, next.next());
          });
    }
    boolean known = !heard.isEmpty() && heard.size() == handed.size();
    known &= heard.stream().allMatch(Heard.Known.class::isInstance);
    Content content =
        Content.json(several ? new JsonObject().put("claims", answers) : answers.getFirst());
    return new Answer(known ? 200 : 202, content);
  }

  private static Refusals taken(List<Slip> slips, List<Handed> handed, List<Heard> heard) {
    Refusals refusals = new Refusals();
    Iterator<Heard> next = heard.iterator();
    for (int i = 0; i < handed.size(); i++) {
      if (handed.get(i) instanceof Handed.Service(String _, Told told)
          && next.next() instanceof Heard.Taken(Claim by)) {
        refusals.at(slips.get(i).place());
        refusals.add(
            409,
            "key `%s` was used before: %s".formatted(told.claim().key(), by.said().text()),
            "another key for another claim");
      }
    }
    return refusals;
  }

  private JsonObject changed(DnsClaim claim) {
    sources.intake().changed().accept(claim);
    return new JsonObject()
        .put("type", "dns-changed")
        .put("name", claim.name())
        .put("at", claim.at())
        .put("actor", claim.actor().isEmpty() ? null : claim.actor());
  }

  private static JsonObject written(String service, Told told, Heard heard) {
    Claim claim = told.claim();
    JsonObject json =
        ClaimJson.said(claim.said())
            .put("service", service)
            .put("at", IncidentJson.bounds(claim.when()))
            .put("actor", claim.actor())
            .put("key", claim.key());
    return switch (heard) {
      case Heard.Written(Map<Cell, String> filed) -> filed(json.put("status", "written"), filed);
      case Heard.Known(Map<Cell, String> filed) -> filed(json.put("status", "known"), filed);
      case Heard.Taken _, Heard.Left _ -> json;
    };
  }

  /// An incident that is null may still come: what is said shortly before the onset belongs to it.
  private static JsonObject filed(JsonObject json, Map<Cell, String> filed) {
    List<JsonObject> cells = new ArrayList<>();
    filed.forEach((cell, incident) ->
        cells.add(
            new JsonObject()
                .put("region", cell.region())
                .put("incident", incident.isEmpty() ? null : incident)));
    return json.put("filed", cells);
  }
}
