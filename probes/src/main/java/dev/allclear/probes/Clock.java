package dev.allclear.probes;

/// Reads the wall clock and the monotonic clock together.
@FunctionalInterface
public interface Clock {
  Moment now();
}
