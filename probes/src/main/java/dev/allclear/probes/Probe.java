package dev.allclear.probes;

/// Anything that can be run once and yields an observation. A run never throws for what it
/// measures, ends within the probe's own deadline, and is inconclusive when its thread is
/// interrupted.
public interface Probe {
  String name();

  Depth depth();

  Observation run();
}
