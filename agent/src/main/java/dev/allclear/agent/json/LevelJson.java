package dev.allclear.agent.json;

import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Rto;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Levels, kinds and objectives as events keep them: what is usual is left out, as earlier versions
/// did, which knew nothing else.
final class LevelJson {
  private static final Map<String, Level> KNOWN =
      Map.of(Level.DOWN.name(), Level.DOWN, Level.FLAPPING.name(), Level.FLAPPING);

  private LevelJson() {}

  static JsonObject beside(Level level) {
    return level.equals(Level.DOWN) ? new JsonObject() : named(level);
  }

  private static JsonObject named(Level level) {
    JsonObject json = new JsonObject().put("level", level.name());
    return KNOWN.containsKey(level.name()) ? json : json.put("rank", level.rank());
  }

  static Level level(Fields in) {
    if (!in.has("level")) {
      return Level.DOWN;
    }
    String name = in.text("level");
    Level known = KNOWN.get(name);
    return known == null ? new Level(name, Math.toIntExact(in.number("rank"))) : known;
  }

  static JsonObject beside(Kind kind, Map<Level, Rto> objectives) {
    JsonObject json = new JsonObject();
    if (kind != Kind.OUTAGE) {
      json.put("kind", kind.label());
    }
    if (!objectives.isEmpty()) {
      json.put("objectives", tree(objectives));
    }
    return json;
  }

  static Kind kind(Fields in) {
    return in.has("kind") ? in.oneOf("kind", Kind.values(), Kind::label) : Kind.OUTAGE;
  }

  static JsonObject rto(Rto rto) {
    JsonObject json =
        new JsonObject().put("target", rto.target().toString()).put("from", rto.from().label());
    return rto.remediation() == null ? json : json.put("remediation", rto.remediation().toString());
  }

  static Rto rto(Fields in) {
    return new Rto(
        in.length("target"),
        in.oneOf("from", Rto.From.values(), Rto.From::label),
        in.has("remediation") ? in.length("remediation") : null);
  }

  private static List<JsonObject> tree(Map<Level, Rto> objectives) {
    return new TreeMap<>(objectives)
        .entrySet().stream()
            .map(each -> named(each.getKey()).putAll(rto(each.getValue())))
            .toList();
  }

  static Map<Level, Rto> objectives(Fields in) {
    Map<Level, Rto> objectives = new TreeMap<>();
    if (in.has("objectives")) {
      in.objects("objectives").forEach(each -> objectives.put(level(each), rto(each)));
    }
    return objectives;
  }
}
