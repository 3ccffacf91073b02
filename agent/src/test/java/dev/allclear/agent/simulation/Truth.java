package dev.allclear.agent.simulation;

import dev.allclear.agent.Listener;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Track;
import dev.allclear.agent.outage.Verdict;
import dev.allclear.agent.schedule.Run;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Hears all that an agent hears and prints, and knows what was true.
final class Truth implements Listener {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final SimulatedTime time;
  private final Widths widths;
  private final Map<String, Witness> witnesses = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Incident> printed = new ArrayList<>();
  private @Nullable Health before;
  private @Nullable Sight sight;
  private @Nullable Incident incident;
  private int verified;
  private long onset;
  private long detected;
  private long firstGood;
  private long restored;
  private long verifiedAt;
  private char kind;

  Truth(Scenario scenario, Map<String, Function> functions, SimulatedTime time, Widths widths) {
    this.time = time;
    this.widths = widths;
    scenario
        .asks()
        .forEach(ask ->
            witnesses.put(
                ask.name(), new Witness(Objects.requireNonNull(functions.get(ask.name())))));
  }

  /// The agent has started.
  void started(Health resumed) {
    before = resumed;
    witnesses.values().forEach(Witness::restarted);
  }

  void sees(Observation observation, Sight seen) {
    sight = seen;
  }

  /// How many outages were verified.
  int verified() {
    return verified;
  }

  /// Every outage, as it was printed last.
  List<Incident> printed() {
    return printed;
  }

  @Override
  public void happened(Change change, Health health) {
    if (sight == null) {
      before = health;
      heard(change.event());
      check();
    } else {
      events.add(change.event());
    }
  }

  @Override
  public void observed(Run run, Health health) {
    Observation observation = run.observation();
    Track track =
        Objects.requireNonNull(Objects.requireNonNull(before).tracks().get(observation.probe()));
    Witness witness = witness(observation.probe());
    witness.saw(observation, Objects.requireNonNull(sight), track.isDoubted());
    sight = null;
    for (Event event : events) {
      heard(event);
      check();
    }
    events.clear();
    before = health;
    check();
  }

  private Witness witness(String probe) {
    return Objects.requireNonNull(witnesses.get(probe));
  }

  private void heard(Event event) {
    keep(event);
    switch (event) {
      case Event.Suspected e -> contains("onset", e.onset(), witness(e.probe()).downSince());
      case Event.Blipped e -> {
        contains("onset of a blip", e.onset(), witness(e.probe()).downSince());
        contains("end of a blip", e.end(), witness(e.probe()).upSince());
      }
      case Event.Detected e -> detected(e);
      case Event.AlsoFailing e -> {
        contains("onset of " + e.probe(), e.onset(), witness(e.probe()).downSince());
        onset = Math.min(onset, witness(e.probe()).downSince());
      }
      case Event.FirstGood e -> {
        long good = Math.max(onset, witness(e.probe()).firstGood());
        contains("good", e.good(), good);
        firstGood = firstGood == UNKNOWN ? good : firstGood;
      }
      case Event.FalseStart e -> again("false start", e.probe(), e.failed());
      case Event.Relapsed e -> {
        again("relapse", e.probe(), e.failed());
        restored = UNKNOWN;
        verifiedAt = UNKNOWN;
      }
      case Event.Verified e -> verified(e);
      case Event.Closed _ -> closed();
      case Event.Blind _ -> {
        if (incident != null) {
          witnesses.values().forEach(Witness::fresh);
        }
      }
      case Event.Healthy _, Event.Verifying _, Event.Claimed _, Event.Dns _ -> {}
      case Event.Flapping _, Event.Worsened _, Event.Eased _, Event.Overran _ -> {}
    }
  }

  private void keep(Event event) {
    if (event instanceof Event.Detected found) {
      incident = Incident.open(Objects.requireNonNull(before).cell(), found);
      printed.add(incident);
    } else if (incident != null) {
      incident = incident.after(event);
      printed.set(printed.size() - 1, incident);
    }
  }

  private void detected(Event.Detected event) {
    onset = Long.MAX_VALUE;
    for (String probe : event.failing()) {
      if (witness(probe).downSince() < onset) {
        onset = witness(probe).downSince();
        kind = witness(probe).kind();
      }
    }
    detected = time.nanos();
    firstGood = UNKNOWN;
    restored = UNKNOWN;
    verifiedAt = UNKNOWN;
    witnesses.values().forEach(Witness::fresh);
  }

  private void again(String what, String probe, Bounds failed) {
    contains(what, failed, witness(probe).downSince());
    witnesses.values().forEach(Witness::fresh);
  }

  private void verified(Event.Verified event) {
    restored =
        Math.max(
            onset, witnesses.values().stream().mapToLong(Witness::upSince).max().orElseThrow());
    verifiedAt = time.nanos();
    verified++;
    contains("restored", event.restored(), restored);
  }

  private void closed() {
    check();
    Incident done = Objects.requireNonNull(incident);
    widths.add(kind, done);
    incident = null;
  }

  /// All that is printed of the open outage.
  private void check() {
    Incident open = incident;
    if (open == null) {
      return;
    }
    long now = time.nanos();
    contains("onset", open.onset(), onset);
    is("detected", time.truth(open.detected()), detected);
    contains("detection", open.detection(), detected - onset);
    agree("first good", open.firstGood(), firstGood);
    agree("restored", open.restored(), restored);
    open.downtime().ifPresent(span -> contains("downtime", span, restored - onset));
    open.recovery().ifPresent(span -> contains("recovery", span, verifiedAt - detected));
    open.verification().ifPresent(span -> contains("verification", span, verifiedAt - firstGood));
    long end = verifiedAt == UNKNOWN ? now : verifiedAt;
    long start = open.rto().from() == Rto.From.ONSET ? onset : detected;
    contains("recovery time", open.recoveryTime(time.now()), end - start);
    judge(open.verdict(time.now()), end - start, open.rto().target().toNanos());
  }

  private static void judge(Verdict verdict, long took, long target) {
    boolean wrong =
        switch (verdict) {
          case MET -> took > target;
          case MISSED -> took <= target;
          case INCONCLUSIVE, OPEN -> false;
        };
    if (wrong) {
      throw new Unsound(verdict + " after " + millis(took) + " of " + millis(target));
    }
  }

  private void agree(String what, Optional<Bounds> bounds, long truth) {
    if (bounds.isPresent() != (truth != UNKNOWN)) {
      throw new Unsound(what + " is " + bounds + ", but in truth " + millis(truth));
    }
    bounds.ifPresent(each -> contains(what, each, truth));
  }

  private void contains(String what, Bounds bounds, long truth) {
    long earliest = time.truth(bounds.earliest());
    long latest = time.truth(bounds.latest());
    if (truth < earliest || latest < truth) {
      throw new Unsound(
          "%s was at %s, not from %s to %s"
              .formatted(what, millis(truth), millis(earliest), millis(latest)));
    }
  }

  private static void contains(String what, Span span, long truth) {
    if (truth < span.min().toNanos() || span.max().toNanos() < truth) {
      throw new Unsound(
          "%s took %s, not %s to %s"
              .formatted(
                  what, millis(truth), millis(span.min().toNanos()), millis(span.max().toNanos())));
    }
  }

  private static void is(String what, long printed, long truth) {
    if (printed != truth) {
      throw new Unsound("%s at %s, not %s".formatted(what, millis(truth), millis(printed)));
    }
  }

  private static String millis(long nanos) {
    return nanos == UNKNOWN ? "unknown" : nanos / 1e6 + " ms";
  }
}
