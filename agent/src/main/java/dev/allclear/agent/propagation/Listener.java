package dev.allclear.agent.propagation;

import dev.allclear.probes.StepRun;
import dev.allclear.probes.propagation.Spread;
import org.jspecify.annotations.Nullable;

/// Hears what tracking brings to light, in its order, on the tracker's thread, which must not wait.
@FunctionalInterface
public interface Listener {
  /// `spread` is the change under way, or the one that has just converged; null while there is
  /// none.
  void heard(Subject subject, News news, @Nullable Spread spread);

  /// One more answer, or that there was none, and what is known with it.
  default void asked(Standing standing, StepRun step) {}
}
