package dev.allclear.agent.importer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which entries of a recording the browser asked for since another answer sent it there; entries
/// by their place in the list.
final class Redirects {
  private final Map<Integer, Integer> targets = new HashMap<>();
  private final Set<Integer> isTarget = new HashSet<>();

  private Redirects() {}

  static Redirects of(List<Entry> entries) {
    Redirects redirects = new Redirects();
    for (int i = 0; i < entries.size(); i++) {
      Entry from = entries.get(i);
      String location = from.answer().location();
      Url url = location == null ? null : from.request().url().resolve(location);
      for (int j = i + 1; j < entries.size() && url != null; j++) {
        if (entries.get(j).request().url().equals(url) && redirects.isTarget.add(j)) {
          redirects.targets.put(i, j);
          break;
        }
      }
    }
    return redirects;
  }

  boolean isTarget(int entry) {
    return isTarget.contains(entry);
  }

  /// An entry and those it led to.
  List<Integer> from(int entry) {
    List<Integer> chain = new ArrayList<>();
    for (Integer at = entry; at != null; at = targets.get(at)) {
      chain.add(at);
    }
    return chain;
  }
}
