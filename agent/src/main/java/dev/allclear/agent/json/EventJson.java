package dev.allclear.agent.json;

import dev.allclear.agent.outage.Blindness;
import dev.allclear.agent.outage.Event;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import java.util.TreeSet;

/// Events as the ledger keeps them: a type, and a body with all that the record holds. Both outlive
/// the version that wrote them, so names here never change.
public final class EventJson {
  private EventJson() {}

  public static String type(Event event) {
    return switch (event) {
      case Event.Healthy _ -> "healthy";
      case Event.Suspected _ -> "suspected";
      case Event.Blipped _ -> "blipped";
      case Event.Detected _ -> "detected";
      case Event.Flapping _ -> "flapping";
      case Event.AlsoFailing _ -> "also-failing";
      case Event.Worsened _ -> "worsened";
      case Event.Eased _ -> "eased";
      case Event.Overran _ -> "overran";
      case Event.Overdue _ -> "overdue";
      case Event.FirstGood _ -> "first-good";
      case Event.Verifying _ -> "verifying";
      case Event.FalseStart _ -> "false-start";
      case Event.Verified _ -> "verified";
      case Event.Relapsed _ -> "relapsed";
      case Event.DepthsDiffer _ -> "depths-differ";
      case Event.DepthsAgree _ -> "depths-agree";
      case Event.Waits _ -> "waits";
      case Event.Served _ -> "served";
      case Event.Closed _ -> "closed";
      case Event.LostSight _ -> "lost-sight";
      case Event.Blind _ -> "blind";
      case Event.ClockSet _ -> "clock-set";
      case Event.Claimed _ -> "claimed";
      case Event.Dns e -> DnsEventJson.type(e);
    };
  }

  public static String write(Event event) {
    return new JsonObject().put("at", TimeJson.tree(event.at())).putAll(beside(event)).toString();
  }

  /// The event of a type and its body.
  ///
  /// @throws IllegalArgumentException naming the type and what is wrong with the body
  public static Event read(String type, String body) {
    try {
      Fields fields = Fields.of(body);
      return read(type, fields.moment("at"), fields);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(type + ": " + e.getMessage(), e);
    }
  }

  /// What the event holds beside its time.
  private static JsonObject beside(Event event) {
    JsonObject json = new JsonObject();
    return switch (event) {
      case Event.Healthy _, Event.Verifying _, Event.Closed _ -> json;
      case Event.Suspected e -> fault(e.probe(), "onset", e.onset(), e.cause(), e.detail());
      case Event.Blipped e ->
          json.put("probe", e.probe())
              .put("onset", TimeJson.tree(e.onset()))
              .put("end", TimeJson.tree(e.end()));
      case Event.Detected e -> detected(e);
      case Event.Flapping e -> flapping(e);
      case Event.AlsoFailing e ->
          fault(e.probe(), "onset", e.onset(), e.cause(), e.detail())
              .putAll(LevelJson.beside(e.level()));
      case Event.Worsened e ->
          fault(e.probe(), "onset", e.onset(), e.cause(), e.detail())
              .putAll(LevelJson.beside(e.level()));
      case Event.Eased e ->
          json.put("restored", TimeJson.tree(e.restored()))
              .put("failing", new TreeSet<>(e.failing()))
              .putAll(LevelJson.beside(e.level()));
      case Event.Overdue _ -> json;
      case Event.Overran e -> json.put("end", TimeJson.tree(e.end()));
      case Event.FirstGood e ->
          json.put("probe", e.probe())
              .put("good", TimeJson.tree(e.good()))
              .put("waitingFor", new TreeSet<>(e.waitingFor()));
      case Event.FalseStart e ->
          fault(e.probe(), "failed", e.failed(), e.cause(), e.detail())
              .putAll(LevelJson.beside(e.level()));
      case Event.Verified e -> json.put("restored", TimeJson.tree(e.restored()));
      case Event.Relapsed e ->
          fault(e.probe(), "failed", e.failed(), e.cause(), e.detail())
              .putAll(LevelJson.beside(e.level()));
      case Event.DepthsDiffer e -> json.put("since", TimeJson.tree(e.since()));
      case Event.DepthsAgree e -> json.put("until", TimeJson.tree(e.until()));
      case Event.Waits e -> json.put("services", new TreeSet<>(e.services()));
      case Event.Served e ->
          json.put("probe", e.probe())
              .put("label", e.label())
              .put("from", new TreeSet<>(e.from()))
              .put("to", new TreeSet<>(e.to()))
              .put("runs", e.runs())
              .put("shifted", TimeJson.tree(e.shifted()));
      case Event.LostSight e -> json.put("from", TimeJson.tree(e.from())).put("reason", e.reason());
      case Event.Blind e -> blind(e);
      case Event.ClockSet e -> json.put("by", e.by().toString());
      case Event.Claimed e -> json.put("incident", e.incident()).putAll(ClaimJson.tree(e.claim()));
      case Event.Dns e -> DnsEventJson.beside(e);
    };
  }

  private static JsonObject blind(Event.Blind e) {
    JsonObject json = new JsonObject().put("from", TimeJson.tree(e.from()));
    return (e.why() == Blindness.NOT_RUNNING ? json : json.put("why", e.why().label()))
        .put("reason", e.reason());
  }

  private static JsonObject fault(
      String probe, String when, Bounds bounds, Cause cause, String detail) {
    return new JsonObject()
        .put("probe", probe)
        .put(when, TimeJson.tree(bounds))
        .put("cause", cause.label())
        .put("detail", detail);
  }

  private static JsonObject detected(Event.Detected e) {
    return new JsonObject()
        .put("id", e.id())
        .put("failing", new TreeSet<>(e.failing()))
        .putAll(fault(e.probe(), "onset", e.onset(), e.cause(), e.detail()))
        .putAll(LevelJson.beside(e.level()))
        .put("rto", LevelJson.rto(e.rto()))
        .putAll(LevelJson.beside(e.kind(), e.objectives()));
  }

  private static JsonObject flapping(Event.Flapping e) {
    return new JsonObject()
        .put("id", e.id())
        .put("onset", TimeJson.tree(e.onset()))
        .put("good", TimeJson.tree(e.good()))
        .put("blips", e.blips())
        .put("probe", e.probe())
        .put("rto", LevelJson.rto(e.rto()))
        .putAll(LevelJson.beside(e.kind(), e.objectives()));
  }

  private static Event read(String type, Moment at, Fields in) {
    return switch (type) {
      case "healthy" -> new Event.Healthy(at);
      case "suspected" ->
          new Event.Suspected(at, probe(in), in.bounds("onset"), cause(in), detail(in));
      case "blipped" -> new Event.Blipped(at, probe(in), in.bounds("onset"), in.bounds("end"));
      case "detected" -> detected(at, in);
      case "flapping" -> flapping(at, in);
      case "also-failing" ->
          new Event.AlsoFailing(
              at, probe(in), in.bounds("onset"), cause(in), detail(in), LevelJson.level(in));
      case "worsened" ->
          new Event.Worsened(
              at, probe(in), in.bounds("onset"), cause(in), detail(in), LevelJson.level(in));
      case "eased" ->
          new Event.Eased(
              at, LevelJson.level(in), in.bounds("restored"), new TreeSet<>(in.texts("failing")));
      case "overdue" -> new Event.Overdue(at);
      case "overran" -> new Event.Overran(at, in.moment("end"));
      case "first-good" ->
          new Event.FirstGood(
              at, probe(in), in.bounds("good"), new TreeSet<>(in.texts("waitingFor")));
      case "verifying" -> new Event.Verifying(at);
      case "false-start" ->
          new Event.FalseStart(
              at, probe(in), in.bounds("failed"), cause(in), detail(in), LevelJson.level(in));
      case "verified" -> new Event.Verified(at, in.bounds("restored"));
      case "relapsed" ->
          new Event.Relapsed(
              at, probe(in), in.bounds("failed"), cause(in), detail(in), LevelJson.level(in));
      case "depths-differ" -> new Event.DepthsDiffer(at, in.bounds("since"));
      case "depths-agree" -> new Event.DepthsAgree(at, in.bounds("until"));
      case "waits" -> new Event.Waits(at, new TreeSet<>(in.texts("services")));
      case "served" ->
          new Event.Served(
              at,
              probe(in),
              in.text("label"),
              new TreeSet<>(in.texts("from")),
              new TreeSet<>(in.texts("to")),
              Math.toIntExact(in.number("runs")),
              in.bounds("shifted"));
      case "closed" -> new Event.Closed(at);
      case "lost-sight" -> new Event.LostSight(at, in.moment("from"), in.text("reason"));
      case "blind" -> new Event.Blind(at, in.moment("from"), why(in), in.text("reason"));
      case "clock-set" -> new Event.ClockSet(at, in.length("by"));
      case "claimed" -> new Event.Claimed(at, in.text("incident"), ClaimJson.read(in));
      case String other when other.startsWith("dns-") -> DnsEventJson.read(other, at, in);
      default -> throw unknown();
    };
  }

  static IllegalArgumentException unknown() {
    return new IllegalArgumentException("unknown type, a newer version wrote it");
  }

  private static Event detected(Moment at, Fields in) {
    return new Event.Detected(
        at,
        in.text("id"),
        in.bounds("onset"),
        new TreeSet<>(in.texts("failing")),
        probe(in),
        cause(in),
        detail(in),
        LevelJson.rto(in.object("rto")),
        LevelJson.level(in),
        LevelJson.kind(in),
        LevelJson.objectives(in));
  }

  private static Event flapping(Moment at, Fields in) {
    return new Event.Flapping(
        at,
        in.text("id"),
        in.bounds("onset"),
        in.bounds("good"),
        Math.toIntExact(in.number("blips")),
        probe(in),
        LevelJson.rto(in.object("rto")),
        LevelJson.kind(in),
        LevelJson.objectives(in));
  }

  /// Not there for the one reason that the first versions knew.
  private static Blindness why(Fields in) {
    return in.has("why")
        ? in.oneOf("why", Blindness.values(), Blindness::label)
        : Blindness.NOT_RUNNING;
  }

  private static String probe(Fields in) {
    return in.text("probe");
  }

  private static Cause cause(Fields in) {
    return in.oneOf("cause", Cause.values(), Cause::label);
  }

  private static String detail(Fields in) {
    return in.text("detail");
  }
}
