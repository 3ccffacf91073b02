package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What was seen of a cell from the last pass before its first fail until some runs after that was
/// confirmed or refuted, in the order in which it was told: enough to decide by another threshold.
/// `probes` are those that detect; it was decided with the first `decided` looks, none if never,
/// and `confirmed` if it became an outage. `slow` if to be slow counts as a fail of its own.
public record Suspicion(
    Cell cell,
    Threshold threshold,
    boolean slow,
    Map<String, Depth> probes,
    List<Look> looks,
    int decided,
    boolean confirmed) {

  /// Of an outage this is enough to tell what stricter thresholds would have made of it.
  private static final int TAIL = 50;

  private static final Duration TAIL_LENGTH = Duration.ofMinutes(1);

  /// Without a decision, as when no witness answers.
  private static final int MOST = 200;

  public Suspicion {
    probes = Map.copyOf(probes);
    looks = List.copyOf(looks);
  }

  /// By its first fail; `health` is that after it. What an earlier session of the clock saw is no
  /// part of it, since nobody could tell how long before that was.
  public static Suspicion raised(Observation fail, Health health, Policy policy) {
    Map<String, Depth> probes = new TreeMap<>();
    List<Look> before = new ArrayList<>();
    for (Track track : health.required()) {
      if (track.depth().detects() && policy.degradation().isAsked(track.probe())) {
        probes.put(track.probe(), track.depth());
        Bounds pass = track.lastPass();
        if (pass != null && isBefore(fail, pass)) {
          before.add(pass(track, pass));
        }
      }
    }
    Round witnessed = health.vision().witnessed();
    if (witnessed != null) {
      before.add(new Look.Witnessed(witnessed));
    }
    before.sort(Comparator.comparing(Look::told));
    boolean slow = policy.degradation().slow() != null;
    return new Suspicion(health.cell(), Threshold.of(policy), slow, probes, before, 0, false)
        .after(fail, health);
  }

  /// Another run may have begun later and passed before this one was told. Where to be slow counts,
  /// the last pass may be this run.
  private static boolean isBefore(Observation fail, Bounds pass) {
    return pass.latest().session() == fail.begin().session()
        && !pass.earliest().equals(fail.begin());
  }

  private static Look pass(Track track, Bounds pass) {
    return Look.of(
        new Observation(
            track.probe(),
            track.depth(),
            pass.earliest(),
            pass.latest(),
            List.of(),
            Outcome.pass()));
  }

  /// With one more run; `health` is that after it.
  public Suspicion after(Observation run, Health health) {
    boolean counts =
        probes.containsKey(run.probe())
            && !(run.outcome() instanceof Outcome.Inconclusive)
            && (looks.isEmpty() || looks.getLast().told().session() == run.begin().session())
            && health.vision().covers(run);
    if (!counts) {
      return this;
    }
    List<Look> more = with(Look.of(run));
    return decided > 0 || health.state() instanceof State.Suspect
        ? new Suspicion(cell, threshold, slow, probes, more, decided, confirmed)
        : new Suspicion(cell, threshold, slow, probes, more, more.size(), isDetected(health));
  }

  /// What flaps was not confirmed.
  private static boolean isDetected(Health health) {
    Incident incident = health.incident();
    return incident != null && !incident.worst().level().equals(Level.FLAPPING);
  }

  public Suspicion after(Round round) {
    return round.passed()
        ? new Suspicion(
            cell, threshold, slow, probes, with(new Look.Witnessed(round)), decided, confirmed)
        : this;
  }

  private List<Look> with(Look look) {
    List<Look> more = new ArrayList<>(looks);
    more.add(look);
    return more;
  }

  /// Nothing more of it has to be seen: of an outage enough, of a blip that every probe that failed
  /// has run once more.
  public boolean isOver() {
    if (decided == 0) {
      return looks.size() >= MOST;
    }
    List<Look> tail = looks.subList(decided, looks.size());
    return confirmed
        ? tail.size() >= TAIL || (!tail.isEmpty() && isLong(looks.get(decided - 1), tail.getLast()))
        : tail.size() >= MOST || probesOf(tail).containsAll(failed());
  }

  private static boolean isLong(Look decision, Look last) {
    return decision.told().until(last.told()).compareTo(TAIL_LENGTH) >= 0;
  }

  private Set<String> failed() {
    return probesOf(looks.stream().filter(this::isBad).toList());
  }

  private static Set<String> probesOf(Collection<Look> looks) {
    Set<String> probes = new HashSet<>();
    for (Look look : looks) {
      if (look instanceof Look.Ran(Observation run)) {
        probes.add(run.probe());
      }
    }
    return probes;
  }

  /// Whether this look counts as a fail.
  public boolean isBad(Look look) {
    return look instanceof Look.Ran(Observation run)
        && (run.outcome().isFail() || (slow && run.outcome() instanceof Outcome.Slow));
  }

  /// When its first fail was told.
  public Moment at() {
    return looks.stream().filter(this::isBad).map(Look::told).findFirst().orElseThrow();
  }
}
