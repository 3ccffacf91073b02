package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One try of a step as it was claimed: `started` and `finished` as far as they were told.
public record Step(
    String name,
    Said.Mode mode,
    String runbook,
    @Nullable Bounds started,
    @Nullable Bounds finished,
    Said.@Nullable Result result,
    String detail) {

  /// Null unless both ends are known.
  public @Nullable Span taken() {
    return started == null || finished == null ? null : started.until(finished);
  }

  public boolean isFailed() {
    return result == Said.Result.FAILED;
  }

  private boolean isOpen(String other) {
    return finished == null && name.equals(other);
  }

  private Step finished(Bounds when, Said.StepFinished end) {
    return new Step(name, mode, runbook, started, when, end.result(), end.detail());
  }

  /// Each end belongs to the last try of that name that has none.
  static List<Step> of(Claims claims) {
    List<Step> steps = new ArrayList<>();
    claims
        .all()
        .forEach(claim -> {
          if (claim.said() instanceof Said.StepStarted begun) {
            steps.add(
                new Step(
                    begun.step(), begun.mode(), begun.runbook(), claim.when(), null, null, ""));
          } else if (claim.said() instanceof Said.StepFinished ended) {
            finish(steps, claim.when(), ended);
          }
        });
    return List.copyOf(steps);
  }

  private static void finish(List<Step> steps, Bounds when, Said.StepFinished ended) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).isOpen(ended.step())) {
        steps.set(i, steps.get(i).finished(when, ended));
        return;
      }
    }
    steps.add(new Step(ended.step(), ended.mode(), "", null, when, ended.result(), ended.detail()));
  }
}
