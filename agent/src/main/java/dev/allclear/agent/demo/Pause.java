package dev.allclear.agent.demo;

import java.time.Duration;

/// Waits.
@FunctionalInterface
public interface Pause {
  void of(Duration length) throws InterruptedException;
}
