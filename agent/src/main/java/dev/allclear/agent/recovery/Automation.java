package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// M5: how many of the steps, and how much of their time, went by themselves; `waited` is the time
/// between requests for approval and their grant.
public record Automation(int automatic, int steps, Span automated, Span manual, Span waited) {

  static Automation of(List<Step> steps, Claims claims) {
    int automatic = (int) steps.stream().filter(step -> step.mode() == Said.Mode.AUTO).count();
    return new Automation(
        automatic,
        steps.size(),
        sum(steps, Said.Mode.AUTO),
        sum(steps, Said.Mode.MANUAL),
        waited(claims).stream().reduce(Span.ZERO, Span::plus));
  }

  private static Span sum(List<Step> steps, Said.Mode mode) {
    return steps.stream()
        .filter(step -> step.mode() == mode)
        .map(Step::taken)
        .filter(Objects::nonNull)
        .reduce(Span.ZERO, Span::plus);
  }

  /// From each request to the grant of the same; what was granted unasked took no time.
  private static List<Span> waited(Claims claims) {
    Map<String, Bounds> asked = new LinkedHashMap<>();
    List<Span> waits = new ArrayList<>();
    claims
        .all()
        .forEach(claim -> {
          if (claim.said() instanceof Said.ApprovalRequested(String what)) {
            asked.putIfAbsent(what, claim.when());
          } else if (claim.said() instanceof Said.ApprovalGranted(String what)) {
            Bounds since = asked.remove(what);
            if (since != null) {
              waits.add(since.until(claim.when()));
            }
          }
        });
    return waits;
  }

  /// Of the time, at least; 0 where none was told.
  public double least() {
    return share(automated.min(), manual.max().plus(waited.max()));
  }

  /// Of the time, at most.
  public double most() {
    return share(automated.max(), manual.min().plus(waited.min()));
  }

  private static double share(Duration part, Duration rest) {
    double whole = part.plus(rest).toNanos();
    return whole == 0 ? 0 : part.toNanos() / whole;
  }
}
