package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides what an observation changes: suspect, down, recovering, verifying, verified, closed.
/// Pure: the same health and observation always yield the same events.
public final class Outage {

  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Policy policy;

  public Outage(Policy policy) {
    this.policy = policy;
  }

  /// The events that an observation or a round caused, and the health after them.
  public record Decision(Health health, List<Event> events) {}

  public Decision decide(Health before, Observation observation) {
    Track track = before.tracks().get(observation.probe());
    if (track == null || track.isOvertaken(observation)) {
      return new Decision(before, List.of());
    }
    if (!before.vision().covers(observation)) {
      return new Decision(before.glimpsed(observation), List.of());
    }
    return follow(before.seen(observation), observation);
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

  private Decision follow(Health seen, Observation observation) {
    Health health = seen;
    List<Event> events = new ArrayList<>();
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
    return Optional.ofNullable(
        switch (health.state()) {
          case State.Unknown() -> unknown(health, track, observation);
          case State.Healthy() -> healthy(track, observation);
          case State.Suspect() -> suspect(health, track, observation);
          case State.Down down -> down(health, down, track, observation);
          case State.Recovering recovering -> recovering(health, recovering, track, observation);
          case State.Verifying() -> verifying(health, track, observation);
          case State.Verified verified -> verified(health, verified, track, observation);
        });
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

  private @Nullable Event healthy(Track track, Observation observation) {
    if (!failedNow(track, observation)) {
      return null;
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
    if (doubt == null || !track.depth().detects() || !doubt.refuted(policy)) {
      return null;
    }
    Bounds lastFail = Objects.requireNonNull(track.lastFail());
    return new Event.Blipped(
        observation.told(),
        track.probe(),
        doubt.onset(),
        Bounds.between(lastFail.earliest(), observation.end()));
  }

  private Event detected(Health health, Track track, Moment at) {
    Set<String> failing = new TreeSet<>();
    doubted(health).forEach(each -> failing.add(each.probe()));
    Bounds onset = doubted(health).map(Outage::onset).reduce(Moments::onset).orElseThrow();
    Doubt doubt = Objects.requireNonNull(track.doubt());
    return new Event.Detected(
        at,
        // No name holds a tilde: service `a-b` and region `b` of service `a` stay apart.
        health.cell().toString().replace('/', '~') + "-" + ID_TIME.format(at.wall()),
        onset,
        failing,
        track.probe(),
        doubt.cause(),
        doubt.detail(),
        policy.rto());
  }

  private @Nullable Event down(
      Health health, State.Down down, Track track, Observation observation) {
    if (failedNow(track, observation)) {
      boolean news =
          !down.failing().contains(track.probe()) && isTargets(health, track, observation);
      return news ? alsoFailing(track, observation) : null;
    }
    if (!observation.outcome().isPass() || !track.depth().detects()) {
      return null;
    }
    boolean known = health.tracks().keySet().stream().anyMatch(down.failing()::contains);
    return down.failing().contains(track.probe()) || !known
        ? new Event.FirstGood(
            observation.told(), track.probe(), good(health, track), waitingFor(health))
        : null;
  }

  private @Nullable Event recovering(
      Health health, State.Recovering recovering, Track track, Observation observation) {
    if (failedNow(track, observation)) {
      if (track.passed()) {
        return failedTwice(health, track, observation) ? falseStart(track, observation) : null;
      }
      boolean news =
          !recovering.failing().contains(track.probe()) && isTargets(health, track, observation);
      return news ? alsoFailing(track, observation) : null;
    }
    boolean everyOnePasses = health.everyRequired(each -> each.streak() >= 1);
    return everyOnePasses ? new Event.Verifying(observation.told()) : null;
  }

  private @Nullable Event verifying(Health health, Track track, Observation observation) {
    if (failedNow(track, observation)) {
      return failedTwice(health, track, observation) ? falseStart(track, observation) : null;
    }
    return health.everyRequired(each -> each.verified(policy))
        ? new Event.Verified(observation.told(), restored(health))
        : null;
  }

  private @Nullable Event verified(
      Health health, State.Verified verified, Track track, Observation observation) {
    if (failedNow(track, observation)) {
      return failedTwice(health, track, observation) ? relapsed(track, observation) : null;
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

  /// Once the outage is known, one quick re-probe confirms a fail.
  private static boolean failedTwice(Health health, Track track, Observation observation) {
    return track.fails() >= 2 && isTargets(health, track, observation);
  }

  /// Whether it is not the agent's own network that failed.
  private static boolean isTargets(Health health, Track track, Observation observation) {
    return health.vision().vouchesFor(Objects.requireNonNull(track.doubt()), observation);
  }

  private static Stream<Track> doubted(Health health) {
    return health.required().stream().filter(Track::isDoubted);
  }

  private static Bounds onset(Track track) {
    return Objects.requireNonNull(track.doubt()).onset();
  }

  private static Event alsoFailing(Track track, Observation observation) {
    Doubt doubt = Objects.requireNonNull(track.doubt());
    return new Event.AlsoFailing(
        observation.told(), track.probe(), doubt.onset(), doubt.cause(), doubt.detail());
  }

  private static Event falseStart(Track track, Observation observation) {
    Doubt doubt = Objects.requireNonNull(track.doubt());
    return new Event.FalseStart(
        observation.told(), track.probe(), doubt.onset(), doubt.cause(), doubt.detail());
  }

  private static Event relapsed(Track track, Observation observation) {
    Doubt doubt = Objects.requireNonNull(track.doubt());
    return new Event.Relapsed(
        observation.told(), track.probe(), doubt.onset(), doubt.cause(), doubt.detail());
  }

  private static Set<String> waitingFor(Health health) {
    return health.required().stream()
        .filter(track -> track.streak() == 0)
        .map(Track::probe)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Restored: begin of the last fail of any required probe, to the end of the first pass of the
  /// last required probe to join the final unbroken streak.
  private static Bounds restored(Health health) {
    Bounds last =
        health.required().stream()
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
