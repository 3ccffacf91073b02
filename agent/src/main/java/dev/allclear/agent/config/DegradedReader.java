package dev.allclear.agent.config;

import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Policy.Degradation;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the levels of a service that are not as bad as down, the worst first.
final class DegradedReader {
  private static final String EXAMPLE = "{search: {journeys: [search], rto: 1h}}";

  /// Ranks are counted down from here.
  private static final int WORST = 1_000;

  private final Names verified;
  private final Map<String, Level> probes = new LinkedHashMap<>();
  private final Map<Level, Rto> objectives = new LinkedHashMap<>();
  private @Nullable Level slow;

  private DegradedReader(Names verified) {
    this.verified = verified;
  }

  /// `verification` is null if what is written there is wrong.
  static Degradation read(MapReader service, @Nullable Verification verification) {
    Set<String> journeys =
        verification == null ? null : new LinkedHashSet<>(verification.verify().journeys());
    DegradedReader reader =
        new DegradedReader(new Names("journey of `verify`", "verify", journeys));
    List<Value> entries = service.entries("degraded", EXAMPLE);
    for (int i = 0; i < entries.size(); i++) {
      reader.read(entries.get(i), WORST - i);
    }
    boolean all = journeys != null && reader.probes.keySet().containsAll(journeys);
    if (!entries.isEmpty() && all && !service.has("detect")) {
      service.wrong(
          "degraded",
          "nothing is left that tells when it is down; leave out a journey, or write `detect`");
    }
    return new Degradation(reader.probes, reader.slow, reader.objectives);
  }

  private void read(Value entry, int rank) {
    entry.isNamed();
    Set<String> reserved = Set.of(Level.DOWN.name(), Level.FLAPPING.name());
    if (reserved.contains(entry.name())) {
      entry.wrongKey(Value.quoted(entry.name()) + " is a level of its own; write another name");
      return;
    }
    Level level = new Level(entry.name(), rank);
    Rto rto = entry.map("{journeys: [search], rto: 1h}", map -> read(map, entry, level));
    if (rto != null) {
      objectives.put(level, rto);
    }
  }

  private @Nullable Rto read(MapReader map, Value entry, Level level) {
    Rto rto = RtoReader.require(map);
    List<Value> written = map.list("journeys");
    for (String journey : verified.resolve(written)) {
      if (probes.putIfAbsent(journey, level) != null) {
        map.wrong("journeys", Value.quoted(journey) + " has a level already; write it once");
      }
    }
    Boolean whenSlow = map.get("slow", false, Value::flag);
    if (Boolean.TRUE.equals(whenSlow) && slow != null) {
      map.wrong("slow", "being slow has a level already; write it once");
    }
    slow = Boolean.TRUE.equals(whenSlow) ? level : slow;
    if (written.isEmpty() && Boolean.FALSE.equals(whenSlow)) {
      entry.wrongKey("nothing makes it " + entry.name() + "; write `journeys` or `slow: true`");
    }
    return rto;
  }
}
