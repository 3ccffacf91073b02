package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Look;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Round;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.State;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.probes.Observation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Decides a suspicion again by another threshold, with the fold that decided it.
///
/// Until it was decided the agent would have looked just so. After that it looked at another pace:
/// between two passes of a probe there were passes only, but where it failed after it had passed
/// nobody knows what would have been seen between them. A threshold that refutes it earlier would
/// have made the agent look again later, at whichever of the looks that followed.
public final class Replay {
  private static final Rto ANY = new Rto(Duration.ofMinutes(1), Rto.From.ONSET);

  private final Suspicion suspicion;
  private final List<Look> looks;
  private final Threshold threshold;
  private final Policy policy;

  private Replay(Suspicion suspicion, Threshold threshold) {
    this.suspicion = suspicion;
    this.looks = suspicion.looks();
    this.threshold = threshold;
    Level slow = suspicion.slow() ? new Level("slow", 1) : null;
    this.policy =
        new Policy(ANY, threshold.fails(), threshold.of(), 1, Duration.ZERO, ANY.target())
            .degrading(new Policy.Degradation(Map.of(), slow, Map.of()));
  }

  public static Fate of(Suspicion suspicion, Threshold threshold) {
    return new Replay(suspicion, threshold).fate();
  }

  private Fate fate() {
    Course course = new Course(0);
    Fate first = course.fate();
    if (!(first instanceof Fate.Blip)) {
      return first;
    }
    return IntStream.range(course.next, last())
            .filter(i -> suspicion.isBad(looks.get(i)))
            .allMatch(i -> new Course(i).fate() instanceof Fate.Blip)
        ? first
        : new Fate.Unknown();
  }

  /// A fail from there on raised another suspicion.
  private int last() {
    return suspicion.confirmed() || suspicion.decided() == 0 ? looks.size() : suspicion.decided();
  }

  /// What comes of it if the agent looks from the look `next` on.
  private final class Course {
    private final Outage outage = new Outage(policy);
    private final Map<String, Boolean> bad = new HashMap<>();
    private Health health;
    private boolean suspected;
    private int next;

    Course(int start) {
      health =
          Health.unknown(suspicion.cell(), policy.degradation().required(suspicion.probes()))
              .after(new Event.Healthy(suspicion.at()));
      // What was known of the agent's own network by then.
      looks.subList(0, start).stream()
          .filter(Look.Witnessed.class::isInstance)
          .forEach(look -> health = decide(look).health());
      next = start;
    }

    Fate fate() {
      Fate fate = null;
      while (fate == null && next < looks.size() && (suspected || next < last())) {
        fate = after(looks.get(next), next >= suspicion.decided() && suspicion.decided() > 0);
        next++;
      }
      return fate != null ? fate : suspected ? new Fate.Unknown() : new Fate.Blip();
    }

    /// `late` if it was decided before that look. Null while it is undecided.
    private @Nullable Fate after(Look look, boolean late) {
      boolean isBad = suspicion.isBad(look);
      boolean passedBefore =
          look instanceof Look.Ran(Observation run)
              && Boolean.FALSE.equals(bad.put(run.probe(), isBad));
      boolean between = suspected && late && passedBefore;
      if (between && isBad) {
        return new Fate.Unknown();
      }
      Fate fate = null;
      for (int n = between ? threshold.of() : 1; n > 0 && fate == null; n--) {
        fate = once(look);
      }
      return fate;
    }

    private @Nullable Fate once(Look look) {
      Outage.Decision decision = decide(look);
      health = decision.health();
      for (Event event : decision.events()) {
        if (event instanceof Event.Detected detected) {
          return new Fate.Outage(detected.at());
        }
        suspected |= event instanceof Event.Suspected;
      }
      return suspected && health.state() instanceof State.Healthy ? new Fate.Blip() : null;
    }

    private Outage.Decision decide(Look look) {
      return switch (look) {
        case Look.Ran(Observation run) -> outage.decide(health, run);
        case Look.Witnessed(Round round) -> outage.decide(health, round);
      };
    }
  }
}
