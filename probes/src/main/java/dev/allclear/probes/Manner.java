package dev.allclear.probes;

import java.time.Duration;
import java.util.List;

/// How a step was taken.
public sealed interface Manner {

  /// As most are.
  record Once() implements Manner {}

  /// Not at all; its outcome is inconclusive, since nothing was asked.
  record Skipped(String reason) implements Manner {}

  /// So often until what it waited for held, or the time for it was over.
  record Polled(int tries) implements Manner {}

  /// So often at once, and how long each took.
  record Burst(int size, Duration fastest, Duration median, Duration slowest) implements Manner {}

  /// Once in each of these target regions, at once.
  record Across(List<String> regions) implements Manner {
    public Across {
      regions = List.copyOf(regions);
    }
  }

  static Manner once() {
    return new Once();
  }
}
