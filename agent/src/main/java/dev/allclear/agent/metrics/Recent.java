package dev.allclear.agent.metrics;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Values of a label that change in the course of time, as versions do, and that somebody else
/// chooses: of each owner so many at a time, `other` for the rest. One that was not seen for an
/// hour makes room for another.
final class Recent<K> {
  private static final String OTHER = "other";
  private static final Duration KEPT = Duration.ofHours(1);

  private final int most;
  private final Map<K, Map<String, Moment>> seen = new HashMap<>();

  Recent(int most) {
    this.most = most;
  }

  /// An empty value is one, too, and takes no room.
  String of(K owner, String value, Moment now) {
    Map<String, Moment> values = seen.computeIfAbsent(owner, _ -> new LinkedHashMap<>());
    values.values().removeIf(last -> last.until(now).compareTo(KEPT) > 0);
    if (value.isEmpty() || (values.size() >= most && !values.containsKey(value))) {
      return value.isEmpty() ? value : OTHER;
    }
    values.put(value, now);
    return value;
  }
}
