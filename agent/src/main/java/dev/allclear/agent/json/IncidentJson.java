package dev.allclear.agent.json;

import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Contradictions;
import dev.allclear.agent.outage.Entry;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Spell;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An incident as the outside gets it. Whole milliseconds, rounded outwards, so that what is
/// printed still contains the truth; decisions are rounded up like the ends they come after.
public final class IncidentJson {
  private IncidentJson() {}

  /// On one line.
  public static String write(Incident incident, Vantage vantage, Moment now) {
    return tree(incident, vantage, now).toString();
  }

  /// To be put into a larger document.
  public static JsonObject tree(Incident incident, Vantage vantage, Moment now) {
    return new JsonObject()
        .put("id", incident.id())
        .put("service", incident.cell().service())
        .put("region", incident.cell().region())
        .put("vantage", vantage.id())
        .put("kind", incident.kind().label())
        .put("state", incident.isOpen() ? "open" : "closed")
        .put("onset", bounds(incident.onset()))
        .put("detected", decision(incident.detected()))
        .put("firstGood", incident.firstGood().map(IncidentJson::bounds).orElse(null))
        .put("restored", incident.restored().map(IncidentJson::bounds).orElse(null))
        .put("verified", decision(incident.verified().orElse(null)))
        .put("durations", durations(incident))
        .put("rto", rto(incident, incident.worst(), now))
        .put("levels", levels(incident, now))
        .put("falseRecoveries", incident.falseRecoveries())
        .put("unobservedSeconds", incident.unobserved())
        .put("dns", incident.dns().stream().map(DnsTailJson::tree).toList())
        .put("claims", incident.claims().stream().map(IncidentJson::claim).toList())
        .put("contradictions", Contradictions.of(incident.claims()))
        .put("timeline", timeline(incident));
  }

  /// What was said, by whom, of when, and when it was heard.
  public static JsonObject claim(Event.Claimed claimed) {
    Claim claim = claimed.claim();
    return ClaimJson.said(claim.said())
        .put("at", bounds(claim.when()))
        .put("actor", claim.actor())
        .put("received", decision(claimed.at()))
        .put("key", claim.key());
  }

  private static JsonObject durations(Incident incident) {
    return new JsonObject()
        .put("detection", span(incident.detection()))
        .put("downtime", span(incident.downtime().orElse(null)))
        .put("recovery", span(incident.recovery().orElse(null)))
        .put("verification", span(incident.verification().orElse(null)));
  }

  private static JsonObject rto(Incident incident, Spell spell, Moment now) {
    return new JsonObject()
        .put("seconds", spell.rto().target())
        .put("from", spell.rto().from().label())
        .put("verdict", incident.verdict(spell, now).label());
  }

  private static List<JsonObject> levels(Incident incident, Moment now) {
    return incident.spells().stream()
        .map(spell ->
            new JsonObject()
                .put("level", spell.level().name())
                .put("onset", bounds(spell.onset()))
                .put("detected", decision(spell.detected()))
                .put("restored", spell.restored() == null ? null : bounds(spell.restored()))
                .put("verified", decision(spell.verified()))
                .put("rto", rto(incident, spell, now)))
        .toList();
  }

  private static List<JsonObject> timeline(Incident incident) {
    return incident.timeline().stream().map(IncidentJson::entry).toList();
  }

  /// One line of a timeline, its bounds rounded outwards.
  public static JsonObject entry(Entry entry) {
    Bounds told = entry.at().onOneClock();
    JsonObject at =
        new JsonObject()
            .put("earliest", told.earliest().wall())
            .put("latest", up(told.latest().wall()));
    return new JsonObject().put("at", at).put("type", entry.type()).put("text", entry.text());
  }

  /// A moment, its bounds rounded outwards.
  public static JsonObject bounds(Bounds told) {
    Bounds bounds = told.onOneClock();
    return new JsonObject()
        .put("earliest", bounds.earliest().wall())
        .put("likely", bounds.likely().wall())
        .put("latest", up(bounds.latest().wall()));
  }

  /// A length in seconds, rounded outwards; null stays null.
  public static @Nullable JsonObject span(@Nullable Span span) {
    return span == null
        ? null
        : new JsonObject()
            .put("min", span.min())
            .put("likely", span.likely())
            .put("max", up(span.max()));
  }

  static @Nullable Instant decision(@Nullable Moment moment) {
    return moment == null ? null : up(moment.wall());
  }

  private static Instant up(Instant time) {
    return time.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
  }

  private static Duration up(Duration length) {
    return length.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
  }
}
