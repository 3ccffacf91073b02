package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All that is known of a cell: a value that events turn into the next one. `incident` is the open
/// outage, if any, `names` those of all so far, and `early` what was claimed while there is none;
/// `tracks` are its required probes; `blips` are those of late.
public record Health(
    Cell cell,
    State state,
    Map<String, Track> tracks,
    @Nullable Incident incident,
    EarlyClaims early,
    List<Event.Blipped> blips,
    Vision vision,
    Names names) {

  /// More than any policy asks for.
  private static final int REMEMBERED = 100;

  public Health {
    tracks = Map.copyOf(tracks);
    blips = List.copyOf(blips);
  }

  /// Before anything was observed or read from the ledger.
  public static Health unknown(Cell cell, Map<String, Depth> required) {
    Map<String, Track> tracks = new TreeMap<>();
    required.forEach((probe, depth) -> tracks.put(probe, Track.unseen(probe, depth)));
    return new Health(
        cell,
        new State.Unknown(),
        tracks,
        null,
        EarlyClaims.NONE,
        List.of(),
        Vision.TRUSTED,
        Names.NONE);
  }

  public Collection<Track> required() {
    return tracks.values();
  }

  /// The latest evidence of an earlier session.
  public Health withProofs(String probe, @Nullable Bounds pass, @Nullable Bounds fail) {
    return mapTrack(probe, track -> track.withProofs(pass, fail));
  }

  /// Fails wait for a witness from now on.
  public Health witnessed(Moment now) {
    return witnessedBy(new Round(now, now, true, ""));
  }

  Health witnessedBy(Round round) {
    return seeing(vision.witnessedBy(round));
  }

  /// Whether a witness has yet to tell whose fault a fail is.
  public boolean wantsWitness() {
    return vision.isBlind()
        || required().stream()
            .filter(Track::isDoubted)
            .anyMatch(track -> !vision.isWitnessed(Objects.requireNonNull(track.doubt())));
  }

  /// Of an agent that could not see before it ended.
  public Event.Blind blindBefore(Event.Blind gap) {
    Moment since = vision.blindSince();
    return since == null
        ? gap
        : new Event.Blind(gap.at(), Moment.earlier(since, gap.from()), gap.why(), gap.reason());
  }

  /// A pass that the agent's blindness overlaps proves health, but moves no state.
  Health glimpsed(Observation observation) {
    return mapTrack(observation.probe(), track -> track.glimpsed(observation));
  }

  /// With the observation counted, before anything is decided from it. In an outage fails in a row
  /// are what counts, so that a pass leaves no doubt.
  Health seen(Observation observation) {
    Health counted = mapTrack(observation.probe(), track -> track.after(observation));
    return incident != null && observation.outcome().isPass()
        ? counted.mapTrack(observation.probe(), Track::withoutDoubt)
        : counted;
  }

  /// What is after the event: the only way states change, live and when the ledger is read again.
  public Health after(Event event) {
    Incident next = incident == null ? null : incident.after(event);
    return switch (event) {
      case Event.Healthy _ -> in(new State.Healthy()).withoutDoubts();
      case Event.Suspected _ -> in(new State.Suspect());
      case Event.Blipped blipped ->
          mapTrack(blipped.probe(), Track::withoutDoubt).settled().remembering(blipped);
      case Event.Detected e ->
          opened(Incident.open(cell, e, early)).in(State.at(e.level(), e.failing())).fresh();
      case Event.Flapping e ->
          opened(Incident.open(cell, e, early)).in(new State.Recovering(Set.of())).withoutDoubts();
      case Event.AlsoFailing also -> with(next).in(withFailing(also.probe()));
      case Event.Worsened e -> with(next).in(State.at(e.level(), Set.of(e.probe()))).fresh();
      case Event.Eased e -> with(next).eased(e);
      case Event.Overran _, Event.Overdue _ -> with(next);
      case Event.FirstGood _ -> with(next).in(new State.Recovering(failing()));
      case Event.Verifying _ -> with(next).in(new State.Verifying());
      case Event.FalseStart e -> with(next).in(State.at(e.level(), Set.of(e.probe()))).fresh();
      case Event.Verified verified -> with(next).in(new State.Verified(verified.at()));
      case Event.Relapsed e -> with(next).in(State.at(e.level(), Set.of(e.probe()))).fresh();
      case Event.Closed _ -> with(null).in(new State.Healthy()).withoutDoubts();
      case Event.LostSight lost ->
          with(next).blinded(lost.from(), lost.at()).seeing(vision.lost(lost.from()));
      case Event.Blind blind ->
          with(next).blinded(blind.from(), blind.at()).seeing(vision.clearFrom(blind.at()));
      case Event.Claimed claimed -> hearing(claimed);
      case Event.DnsClaimed claimed -> with(next).unproven(claimed);
      case Event.DnsChanged changed -> with(next).unproven(changed);
      case Event.DepthsDiffer _, Event.DepthsAgree _ -> with(next);
      case Event.Waits _, Event.Served _ -> with(next);
      case Event.ClockSet _, Event.Dns _ -> with(next);
    };
  }

  /// The probes seen to fail since the cell went down, as far as they are still required.
  public Set<String> failing() {
    return switch (state) {
      case State.Down(Set<String> failing) -> failing;
      case State.Degraded(Level _, Set<String> failing) -> failing;
      case State.Recovering(Set<String> failing) -> failing;
      case State.Unknown _, State.Healthy _, State.Suspect _ -> Set.of();
      case State.Verifying _, State.Verified _ -> Set.of();
    };
  }

  boolean everyRequired(Predicate<Track> holds) {
    return required().stream().allMatch(holds);
  }

  private State withFailing(String probe) {
    Set<String> failing = new TreeSet<>(failing());
    failing.add(probe);
    return switch (state) {
      case State.Recovering _ -> new State.Recovering(failing);
      case State.Degraded(Level level, Set<String> _) -> new State.Degraded(level, failing);
      case State.Down _, State.Unknown _, State.Healthy _ -> new State.Down(failing);
      case State.Suspect _, State.Verifying _, State.Verified _ -> new State.Down(failing);
    };
  }

  /// What is not so bad is seen as before.
  private Health eased(Event.Eased eased) {
    return eased.failing().isEmpty() ? this : in(State.at(eased.level(), eased.failing()));
  }

  private Health opened(Incident opened) {
    return new Health(
        cell,
        state,
        tracks,
        opened,
        EarlyClaims.NONE,
        List.of(),
        vision,
        names.after(opened.detected()));
  }

  private Health remembering(Event.Blipped blipped) {
    List<Event.Blipped> more = new ArrayList<>(blips);
    more.add(blipped);
    return new Health(
        cell,
        state,
        tracks,
        incident,
        early,
        more.subList(Math.max(0, more.size() - REMEMBERED), more.size()),
        vision,
        names);
  }

  /// As in metrics, JSON and pages: of a cell that recovers also whether only its shallow probes
  /// pass.
  public String label() {
    return state instanceof State.Recovering && Depths.differ(this) ? State.PARTIAL : state.label();
  }

  /// Whether it is down and not verified healthy again.
  public boolean isDown() {
    return incident != null
        && incident.spells().stream()
            .anyMatch(spell -> spell.level().equals(Level.DOWN) && spell.isOpen());
  }

  /// How bad it is for users now, null while no outage is open or all is verified.
  @Nullable Level standing() {
    return incident == null ? null : incident.standing();
  }

  /// A streak is unbroken only as far as it was watched, and so is a hold; fails prove nothing.
  private Health blinded(Moment from, Moment sightedAgain) {
    State next =
        switch (state) {
          case State.Verifying() -> new State.Recovering(Set.of());
          case State.Verified(Moment _) -> new State.Verified(sightedAgain);
          case State.Unknown _, State.Healthy _, State.Suspect _ -> state;
          case State.Down _, State.Degraded _, State.Recovering _ -> state;
        };
    return in(next).mapTracks(track -> track.blinded(from));
  }

  /// Healthy again once no probe is doubted any more.
  private Health settled() {
    boolean doubted = required().stream().anyMatch(Track::isDoubted);
    return doubted || !(state instanceof State.Suspect) ? this : in(new State.Healthy());
  }

  /// That a name was the same everywhere before it changed proves nothing.
  private Health unproven(Event.Dns changed) {
    return mapTrack(changed.lookup(), Track::fresh);
  }

  /// Changes no state.
  private Health hearing(Event.Claimed claimed) {
    if (claimed.incident().isEmpty()) {
      return new Health(cell, state, tracks, incident, early.with(claimed), blips, vision, names);
    }
    return incident != null && incident.id().equals(claimed.incident())
        ? with(incident.after(claimed))
        : this;
  }

  private Health in(State next) {
    return new Health(cell, next, tracks, incident, early, blips, vision, names);
  }

  private Health with(@Nullable Incident next) {
    return new Health(cell, state, tracks, next, early, blips, vision, names);
  }

  private Health seeing(Vision next) {
    return new Health(cell, state, tracks, incident, early, blips, next, names);
  }

  private Health fresh() {
    return mapTracks(Track::fresh);
  }

  private Health withoutDoubts() {
    return mapTracks(Track::withoutDoubt);
  }

  private Health mapTracks(UnaryOperator<Track> change) {
    Map<String, Track> changed = new HashMap<>(tracks);
    changed.replaceAll((_, track) -> change.apply(track));
    return new Health(cell, state, changed, incident, early, blips, vision, names);
  }

  private Health mapTrack(String probe, UnaryOperator<Track> change) {
    Map<String, Track> changed = new HashMap<>(tracks);
    changed.computeIfPresent(probe, (_, track) -> change.apply(track));
    return new Health(cell, state, changed, incident, early, blips, vision, names);
  }
}
