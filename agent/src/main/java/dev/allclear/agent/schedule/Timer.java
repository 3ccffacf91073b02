package dev.allclear.agent.schedule;

import java.time.Duration;

/// Calls back after a delay, on one thread. Tasks are short and never block.
@FunctionalInterface
public interface Timer {
  void after(Duration delay, Runnable task);
}
