package dev.allclear.agent.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Values of a label that somebody else chooses: of each owner the first so many, `other` for the
/// rest.
final class Bounded<K> {
  private static final String OTHER = "other";

  private final int most;
  private final Map<K, Set<String>> known = new HashMap<>();

  Bounded(int most) {
    this.most = most;
  }

  String of(K owner, String value) {
    Set<String> values = known.computeIfAbsent(owner, _ -> new HashSet<>());
    if (values.size() < most) {
      values.add(value);
    }
    return values.contains(value) ? value : OTHER;
  }
}
