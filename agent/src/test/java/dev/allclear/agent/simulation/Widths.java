package dev.allclear.agent.simulation;

import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How wide the bounds of closed outages were, in milliseconds, by what went wrong first.
final class Widths {
  private static final long UNBOUNDED = Long.MAX_VALUE;

  private final Map<String, List<Long>> found = new TreeMap<>();

  synchronized void add(char kind, Incident closed) {
    add("onset", kind, closed.onset());
    closed.restored().ifPresent(restored -> add("restored", kind, restored));
  }

  private void add(String what, char kind, Bounds bounds) {
    long width = bounds.earliest().equals(Moment.UNBOUNDED) ? UNBOUNDED : bounds.width().toMillis();
    found.computeIfAbsent(what + " " + kind, _ -> new ArrayList<>()).add(width);
    found.computeIfAbsent(what, _ -> new ArrayList<>()).add(width);
  }

  /// That of `what` which a share of them does not exceed.
  synchronized long quantile(String what, double share) {
    long[] sorted = found.getOrDefault(what, List.of()).stream().mapToLong(each -> each).toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  private synchronized double unbounded(String what) {
    List<Long> all = found.getOrDefault(what, List.of());
    return (double) all.stream().filter(each -> each == UNBOUNDED).count() / all.size();
  }

  @Override
  public synchronized String toString() {
    StringBuilder table =
        new StringBuilder("width in ms        n     median       95 %        max  unbounded\n");
    for (Map.Entry<String, List<Long>> each : found.entrySet()) {
      String what = each.getKey();
      table.append(
          String.format(
              Locale.ROOT,
              "%-11s %8d %10s %10s %10s %8.2f %%%n",
              what,
              each.getValue().size(),
              text(quantile(what, 0.5)),
              text(quantile(what, 0.95)),
              text(quantile(what, 1)),
              100 * unbounded(what)));
    }
    return table.toString();
  }

  private static String text(long width) {
    return width == UNBOUNDED ? "-" : Long.toString(width);
  }
}
