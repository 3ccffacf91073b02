package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides what an observation changes: suspect, down, recovering, verifying, verified, closed.
/// Pure: the same health and observation always yield the same events.
public final class Outage {

  private final Policy policy;

  public Outage(Policy policy) {
    this.policy = policy;
  }

  /// The events that an observation or a round caused, and the health after them.
  public record Decision(Health health, List<Event> events) {}

  public Decision decide(Health before, Observation run) {
    Decision decision = new Decision(before, List.of());
    for (Observation reading : policy.degradation().readings(run)) {
      decision = decide(decision, reading);
    }
    return decision;
  }

  /// What the witnesses say of the agent's own network.
  public Decision decide(Health before, Round round) {
    Vision vision = before.vision();
    Moment since = vision.blindSince();
    if (round.passed()) {
      Health witnessed = before.witnessedBy(round);
      return since == null
          ? new Decision(witnessed, List.of())
          : after(witnessed, Event.Blind.withoutNetwork(round.end(), since));
    }
    return since == null
        ? after(before, new Event.LostSight(round.end(), vision.unwitnessed(), round.reason()))
        : new Decision(before, List.of());
  }

  private static Decision after(Health before, Event event) {
    return new Decision(before.after(event), List.of(event));
  }

  private Decision decide(Decision before, Observation observation) {
    Health known = before.health();
    Track track = known.tracks().get(observation.probe());
    if (track == null || track.isOvertaken(observation)) {
      return before;
    }
    if (!known.vision().covers(observation)) {
      return new Decision(known.glimpsed(observation), before.events());
    }
    Health health = known.seen(observation);
    List<Event> events = new ArrayList<>(before.events());
    Optional<Event> next = next(health, observation);
    while (next.isPresent()) {
      events.add(next.get());
      health = health.after(next.get());
      next = next(health, observation);
    }
    return new Decision(health, List.copyOf(events));
  }

  /// At most one event at a time: one observation may be first good, start verification and end it.
  private Optional<Event> next(Health health, Observation observation) {
    Track track = Objects.requireNonNull(health.tracks().get(observation.probe()));
    Event late = late(health, observation);
    Event apart = late == null ? Depths.change(health, track, observation) : late;
    return Optional.ofNullable(apart == null ? next(health, track, observation) : apart);
  }

  private @Nullable Event next(Health health, Track track, Observation observation) {
    return switch (health.state()) {
      case State.Unknown() -> unknown(health, track, observation);
      case State.Healthy() -> healthy(health, track, observation);
      case State.Suspect() -> suspect(health, track, observation);
      case State.Down _, State.Degraded _ -> down(health, track, observation);
      case State.Recovering recovering -> recovering(health, recovering, track, observation);
      case State.Verifying() -> verifying(health, track, observation);
      case State.Verified verified -> verified(health, verified, track, observation);
    };
  }

  private @Nullable Event late(Health health, Observation observation) {
    Event overran = overran(health, observation);
    Incident incident = health.incident();
    Moment now = observation.told();
    return overran == null && incident != null && incident.isOverdue(now)
        ? new Event.Overdue(now)
        : overran;
  }

  /// What was planned has taken longer.
  private @Nullable Event overran(Health health, Observation observation) {
    Incident incident = health.incident();
    if (incident == null || incident.planned() != Kind.MAINTENANCE || incident.overran() != null) {
      return null;
    }
    if (incident.standing() == null || incident.kind() != Kind.MAINTENANCE) {
      return null;
    }
    Moment now = observation.told();
    Optional<Instant> end = policy.maintenance().endOf(incident.detected().wall());
    return end.isEmpty() || now.wall().isBefore(end.get())
        ? null
        : new Event.Overran(now, now.minus(Duration.between(end.get(), now.wall())));
  }

  private @Nullable Event unknown(Health health, Track track, Observation observation) {
    Event doubted = confirmOrRefute(health, track, observation);
    if (doubted != null) {
      return doubted;
    }
    boolean enough =
        health.everyRequired(each -> !each.depth().detects() || each.streak() >= policy.passes());
    return enough ? new Event.Healthy(observation.told()) : null;
  }

  private @Nullable Event healthy(Health health, Track track, Observation observation) {
    if (!failedNow(track, observation)) {
      return flapping(health, observation);
    }
    Doubt doubt = Objects.requireNonNull(track.doubt());
    return new Event.Suspected(
        observation.told(), track.probe(), doubt.onset(), doubt.cause(), doubt.detail());
  }

  /// After a restart nobody remembers what was doubted: then the next pass ends the suspicion.
  private @Nullable Event suspect(Health health, Track track, Observation observation) {
    boolean forgotten = observation.outcome().isPass() && doubted(health).findAny().isEmpty();
    return forgotten
        ? new Event.Healthy(observation.told())
        : confirmOrRefute(health, track, observation);
  }

  private @Nullable Event confirmOrRefute(Health health, Track track, Observation observation) {
    if (confirmed(health, track, observation)) {
      return detected(health, track, observation.told());
    }
    Doubt doubt = track.doubt();
    Bounds good = track.settled();
    if (doubt == null || good == null || !track.depth().detects() || !doubt.refuted(policy)) {
      return null;
    }
    return new Event.Blipped(observation.told(), track.probe(), doubt.onset(), good);
  }

  private Event detected(Health health, Track track, Moment at) {
    Set<String> failing = new TreeSet<>();
    doubted(health).forEach(each -> failing.add(each.probe()));
    Bounds onset = doubted(health).map(Outage::onset).reduce(Bounds::earlier).orElseThrow();
    Doubt doubt = Objects.requireNonNull(track.doubt());
    return new Event.Detected(
        at,
        health.names().next(health.cell(), at),
        wasSeenHealthy(health) ? onset : onset.unboundedBefore(),
        failing,
        track.probe(),
        doubt.cause(),
        doubt.detail(),
        policy.rto(),
        policy.level(track.probe()),
        kind(at),
        policy.degradation().objectives());
  }

  /// What was never seen to work as a whole may have been down at the first look.
  private static boolean wasSeenHealthy(Health health) {
    return !(health.state() instanceof State.Unknown)
        || health.everyRequired(each -> !each.depth().detects() || each.lastPass() != null);
  }

  private Kind kind(Moment at) {
    return policy.maintenance().endOf(at.wall()).isPresent() ? Kind.MAINTENANCE : Kind.OUTAGE;
  }

  /// As many blips as make it more than blips, within the window.
  private @Nullable Event flapping(Health health, Observation observation) {
    Policy.Flap flap = policy.flap();
    if (flap == null) {
      return null;
    }
    Moment at = observation.told();
    List<Event.Blipped> late =
        health.blips().stream()
            .filter(blip -> blip.at().until(at).compareTo(flap.window()) <= 0)
            .toList();
    return late.size() < flap.blips()
        ? null
        : new Event.Flapping(
            at,
            health.names().next(health.cell(), at),
            late.getFirst().onset(),
            late.getLast().end(),
            late.size(),
            late.getLast().probe(),
            policy.rto(),
            kind(at),
            policy.degradation().objectives());
  }

  private @Nullable Event down(Health health, Track track, Observation observation) {
    if (failedNow(track, observation)) {
      return isWorse(health, track)
          ? worsened(health, track, observation)
          : health.failing().contains(track.probe())
              ? null
              : alsoFailing(health, track, observation);
    }
    if (!observation.outcome().isPass() || !track.depth().detects()) {
      return null;
    }
    boolean known = health.tracks().keySet().stream().anyMatch(health.failing()::contains);
    return health.failing().contains(track.probe()) || !known
        ? new Event.FirstGood(
            observation.told(), track.probe(), good(health, track), waitingFor(health))
        : eased(health, observation);
  }

  /// Whether it is worse that this probe fails than what is known.
  private boolean isWorse(Health health, Track track) {
    Level standing = health.standing();
    return standing != null && policy.level(track.probe()).isWorseThan(standing);
  }

  private @Nullable Event worsened(Health health, Track track, Observation observation) {
    Doubt doubt = track.doubt();
    return doubt == null || !confirmed(health, track, observation)
        ? null
        : new Event.Worsened(
            observation.told(),
            track.probe(),
            doubt.onset(),
            doubt.cause(),
            doubt.detail(),
            policy.level(track.probe()));
  }

  /// All that is worse than what is not verified yet has been: that much is over.
  private @Nullable Event eased(Health health, Observation observation) {
    Level standing = health.standing();
    Level left =
        health.required().stream()
            .filter(track -> !track.verified(policy))
            .map(track -> policy.level(track.probe()))
            .max(Comparator.naturalOrder())
            .orElse(standing);
    if (standing == null || left == null || !standing.isWorseThan(left)) {
      return null;
    }
    Bounds restored = restored(health, track -> policy.level(track.probe()).isWorseThan(left));
    return new Event.Eased(observation.told(), left, restored, notPassing(health));
  }

  private static Set<String> notPassing(Health health) {
    return health.required().stream()
        .filter(track -> track.depth().detects() && track.fails() > 0)
        .map(Track::probe)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private @Nullable Event recovering(
      Health health, State.Recovering recovering, Track track, Observation observation) {
    if (failedNow(track, observation)) {
      boolean newlyFailing = !track.passed() && !recovering.failing().contains(track.probe());
      return isWorse(health, track) && !isFlapping(health)
          ? worsened(health, track, observation)
          : newlyFailing
              ? alsoFailing(health, track, observation)
              : track.passed() && failedAgain(health, track, observation)
                  ? falseStart(health, track, observation)
                  : null;
    }
    boolean everyOnePasses = health.everyRequired(each -> each.streak() >= 1);
    return everyOnePasses ? new Event.Verifying(observation.told()) : eased(health, observation);
  }

  private @Nullable Event verifying(Health health, Track track, Observation observation) {
    if (failedNow(track, observation)) {
      return failedAgain(health, track, observation)
          ? falseStart(health, track, observation)
          : null;
    }
    return health.everyRequired(each -> each.verified(policy)) && isFree(health, observation)
        ? new Event.Verified(observation.told(), restored(health, _ -> true))
        : eased(health, observation);
  }

  private static boolean isFree(Health health, Observation observation) {
    Incident incident = health.incident();
    return incident == null || incident.mayBeVerified(observation.told());
  }

  private @Nullable Event verified(
      Health health, State.Verified verified, Track track, Observation observation) {
    if (failedNow(track, observation)) {
      return failedAgain(health, track, observation) ? relapsed(health, track, observation) : null;
    }
    Duration held = verified.holdFrom().until(observation.end());
    boolean quiet = health.everyRequired(each -> !each.depth().detects() || each.fails() == 0);
    return observation.outcome().isPass() && quiet && held.compareTo(policy.hold()) >= 0
        ? new Event.Closed(observation.told())
        : null;
  }

  private boolean confirmed(Health health, Track track, Observation observation) {
    Doubt doubt = track.doubt();
    return failedNow(track, observation)
        && doubt != null
        && doubt.confirmed(policy)
        && health.vision().vouchesFor(doubt, observation);
  }

  private static boolean failedNow(Track track, Observation observation) {
    return observation.outcome().isFail() && track.depth().detects();
  }

  /// Once the outage is known, one quick re-probe confirms a fail; of what flaps none is confirmed.
  private static boolean failedAgain(Health health, Track track, Observation observation) {
    return track.fails() >= (isFlapping(health) ? 1 : 2) && isTargets(health, track, observation);
  }

  /// Whether it is not the agent's own network that failed.
  private static boolean isTargets(Health health, Track track, Observation observation) {
    return health.vision().vouchesFor(Objects.requireNonNull(track.doubt()), observation);
  }

  private static boolean isFlapping(Health health) {
    Incident incident = health.incident();
    return incident != null && incident.worst().level().equals(Level.FLAPPING);
  }

  private static Stream<Track> doubted(Health health) {
    return health.required().stream().filter(Track::isDoubted);
  }

  private static Bounds onset(Track track) {
    return Objects.requireNonNull(track.doubt()).onset();
  }

  private @Nullable Event alsoFailing(Health health, Track track, Observation observation) {
    Doubt doubt = Objects.requireNonNull(track.doubt());
    return isTargets(health, track, observation)
        ? new Event.AlsoFailing(
            observation.told(),
            track.probe(),
            doubt.onset(),
            doubt.cause(),
            doubt.detail(),
            policy.level(track.probe()))
        : null;
  }

  private Event falseStart(Health health, Track track, Observation observation) {
    Doubt doubt = Objects.requireNonNull(track.doubt());
    return new Event.FalseStart(
        observation.told(),
        track.probe(),
        doubt.onset(),
        doubt.cause(),
        doubt.detail(),
        again(health, track));
  }

  private Event relapsed(Health health, Track track, Observation observation) {
    Doubt doubt = Objects.requireNonNull(track.doubt());
    return new Event.Relapsed(
        observation.told(),
        track.probe(),
        doubt.onset(),
        doubt.cause(),
        doubt.detail(),
        again(health, track));
  }

  /// What was worse is not over before it was verified; one fail of what flaps is flapping.
  private Level again(Health health, Track track) {
    Level own = isFlapping(health) ? Level.FLAPPING : policy.level(track.probe());
    Level standing = health.standing();
    return standing == null ? own : Level.worse(own, standing);
  }

  private static Set<String> waitingFor(Health health) {
    return health.required().stream()
        .filter(track -> track.streak() == 0)
        .map(Track::probe)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Restored: begin of the last fail of any required probe, to the end of the first pass of the
  /// last required probe to join the final unbroken streak.
  private static Bounds restored(Health health, Predicate<Track> counts) {
    Bounds last =
        health.required().stream()
            .filter(counts)
            .map(track -> good(health, track))
            .reduce(Bounds::later)
            .orElseThrow();
    return Bounds.between(last.earliest(), last.latest());
  }

  /// No service is good again before it was down.
  private static Bounds good(Health health, Track track) {
    Bounds good = Objects.requireNonNull(track.good());
    Moment lo = Moment.later(good.earliest(), onset(health));
    return lo.equals(good.earliest())
        ? good
        : Bounds.between(Moment.earlier(lo, good.latest()), good.latest());
  }

  private static Moment onset(Health health) {
    Incident incident = health.incident();
    return incident == null ? Moment.UNBOUNDED : incident.onset().earliest();
  }
}
