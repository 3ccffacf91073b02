package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What an agent has shown of its outages by some moment: every line of their timelines, what they
/// came to if they are over, when they began if not, the counters that are functions of the ledger,
/// and which of them its page named.
record Shown(
    Set<String> lines,
    Map<String, String> closed,
    Map<String, String> open,
    Map<String, Double> counters,
    Set<String> page) {
  static final Shown NOTHING = new Shown(Set.of(), Map.of(), Map.of(), Map.of(), Set.of());

  private static final Pattern COUNTER =
      Pattern.compile(
          "(?m)^(allclear_(?:recoveries|false_recoveries|false_starts|blips|claims"
              + "|unobserved_seconds)_total\\{.*}) (\\S+)$");
  private static final Pattern LINK = Pattern.compile("/incidents/([^\"]+)\"");

  static Shown by(RunningAgent agent) throws IOException, InterruptedException {
    Map<String, String> closed = new TreeMap<>();
    Map<String, String> open = new TreeMap<>();
    for (JsonNode incident : agent.incidents()) {
      String id = incident.path("id").asString();
      if (incident.path("state").asString().equals("closed")) {
        closed.put(id, incident.toString());
      } else {
        open.put(id, incident.path("onset") + " " + incident.path("detected"));
      }
    }
    Map<String, Double> counters =
        found(COUNTER, Web.get(agent.url("/metrics")))
            .collect(
                Collectors.toMap(each -> each.group(1), each -> Double.valueOf(each.group(2))));
    Set<String> page =
        found(LINK, Web.get(agent.url("/")))
            .map(each -> each.group(1))
            .filter(open::containsKey)
            .collect(Collectors.toCollection(TreeSet::new));
    return new Shown(agent.events(), closed, open, counters, page);
  }

  private static Stream<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  /// Fails if anything of this is missing in what is shown `now`.
  void assertKept(Shown now, String when) {
    Set<String> lost = new HashSet<>(lines);
    lost.removeAll(now.lines);
    assertEquals(Set.of(), lost, when);
    closed.forEach((id, all) -> assertEquals(all, now.closed.get(id), when));
    open.forEach((id, began) ->
        assertTrue(
            now.closed.containsKey(id) || began.equals(now.open.get(id)),
            () -> "%s: %s began %s, now %s".formatted(when, id, began, now.open.get(id))));
    counters.forEach((series, value) ->
        assertTrue(
            now.counters.getOrDefault(series, -1.0) >= value,
            () -> "%s: %s was %s, now %s".formatted(when, series, value, now.counters)));
  }
}
