package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// M7: how a restore gets on, from claims of its progress. `rate` is in bytes per second over the
/// last claims, 0 if it stands still; `total` is 0 if it was not told; `completed` is when it was
/// said to be, null if it was not.
public record Throughput(
    String what, long done, long total, double rate, Bounds last, @Nullable Bounds completed) {
  /// Over so many claims at most.
  private static final int WINDOW = 5;

  /// Of each thing that is restored, once two claims of its progress are known.
  static List<Throughput> of(Claims claims) {
    Map<String, List<Claims.Told<Said.RestoreProgress>>> told = new LinkedHashMap<>();
    claims
        .of(Said.RestoreProgress.class)
        .forEach(
            each -> told.computeIfAbsent(each.said().what(), _ -> new ArrayList<>()).add(each));
    return told.values().stream()
        .filter(each -> each.size() > 1)
        .map(each -> of(each, completed(claims, each.getLast().said().what())))
        .toList();
  }

  private static @Nullable Bounds completed(Claims claims, String what) {
    return claims.of(Said.RestoreCompleted.class).stream()
        .filter(each -> each.said().what().equals(what))
        .map(Claims.Told::when)
        .findFirst()
        .orElse(null);
  }

  private static Throughput of(
      List<Claims.Told<Said.RestoreProgress>> told, @Nullable Bounds completed) {
    Claims.Told<Said.RestoreProgress> last = told.getLast();
    Claims.Told<Said.RestoreProgress> first = told.get(Math.max(0, told.size() - WINDOW));
    double seconds = first.when().likely().until(last.when().likely()).toNanos() / 1e9;
    long bytes = Math.max(0, last.said().done() - first.said().done());
    return new Throughput(
        last.said().what(),
        last.said().done(),
        last.said().total(),
        seconds > 0 ? bytes / seconds : 0,
        last.when(),
        completed);
  }

  public boolean isDone() {
    return completed != null || (total > 0 && done >= total);
  }

  /// How long from the last claim until it is done at this rate; null if nobody can tell.
  public @Nullable Duration remaining() {
    return isDone() || total <= 0 || rate <= 0
        ? null
        : Duration.ofMillis((long) (Math.max(0, total - done) / rate * 1000));
  }

  /// Whether it cannot be verified in time at this rate: now or its end, and `verification` after
  /// that, lie behind the deadline.
  public boolean isAtRisk(Moment now, Duration verification, Moment deadline) {
    Duration left = remaining();
    if (isDone() || left == null) {
      return false;
    }
    Moment end = Moment.later(now, last.likely().plus(left));
    return deadline.isBefore(end.plus(verification));
  }

  /// How long nothing is known to have moved, by `now`.
  public Span silent(Moment now) {
    return last.until(Bounds.at(now));
  }
}
