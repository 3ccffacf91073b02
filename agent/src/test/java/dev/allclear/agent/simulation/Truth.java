package dev.allclear.agent.simulation;

import dev.allclear.agent.Listener;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Policy.Degradation;
import dev.allclear.agent.outage.Vision;
import dev.allclear.agent.schedule.Run;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Hears all that an agent hears and prints, and knows what was true.
final class Truth implements Listener {
  private static final String IN_TIME = " in time";

  private final Degradation degradation;
  private final SimulatedTime time;
  private final Widths widths;
  private final Map<String, Function> functions;
  private final Map<String, Witness> witnesses = new TreeMap<>();
  private final Map<Bounds, Long> blips = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Incident> printed = new ArrayList<>();
  private @Nullable Health before;
  private @Nullable Sight sight;
  private @Nullable Incident incident;
  private @Nullable Course course;
  private int verified;
  private int looks;
  private char kind;

  Truth(Scenario scenario, Map<String, Function> functions, SimulatedTime time, Widths widths) {
    this.degradation = scenario.policy().degradation();
    this.functions = functions;
    this.time = time;
    this.widths = widths;
  }

  /// The agent has started. That a probe is in time is asked like a function of its own.
  void started(Health resumed) {
    before = resumed;
    for (String probe : resumed.tracks().keySet()) {
      Function function = functions.getOrDefault(probe, new Function(List.of()));
      witnesses.computeIfAbsent(probe, _ -> new Witness(function)).restarted();
    }
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
    if (sight == null || isOutside(change.event())) {
      before = health;
      heard(change.event());
    } else {
      events.add(change.event());
    }
  }

  /// A run tells of its function, then of whether it is in time.
  @Override
  public void observed(Run run, Health health) {
    Observation observation = run.observation();
    Sight seen = Objects.requireNonNull(sight);
    sight = null;
    see(observation.probe(), observation, seen, List.of());
    boolean passed = observation.outcome() instanceof Outcome.Passed;
    Witness inTime = witnesses.get(observation.probe() + IN_TIME);
    if (inTime == null || !observation.outcome().isPass()) {
      events.forEach(this::heard);
    } else if (passed) {
      see(observation.probe() + IN_TIME, observation, seen, List.of());
      events.forEach(this::heard);
    } else {
      List<Event> first = events.stream().takeWhile(each -> !isOfFail(each)).toList();
      first.forEach(this::heard);
      long late = inTime.function.lose(seen.good().getLast());
      see(observation.probe() + IN_TIME, observation, new Sight(List.of(), late), first);
      events.subList(first.size(), events.size()).forEach(this::heard);
    }
    events.clear();
    before = health;
    looks++;
    if (looks % 4 == 0) {
      check(); // Nothing but the time has changed since the last event.
    }
  }

  /// `events` are what the same run has led to already.
  private void see(String probe, Observation observation, Sight seen, List<Event> events) {
    Vision vision = Objects.requireNonNull(before).vision();
    if (vision.isBlind() || observation.begin().isBefore(vision.clear())) {
      witness(probe).glimpsed(observation);
      return;
    }
    boolean doubted =
        Objects.requireNonNull(Objects.requireNonNull(before).tracks().get(probe)).isDoubted();
    witness(probe).saw(observation, seen, doubted && events.stream().noneMatch(Truth::isCertain));
  }

  /// Not decided from a run.
  private static boolean isOutside(Event event) {
    return event instanceof Event.Blind
        || event instanceof Event.LostSight
        || event instanceof Event.ClockSet;
  }

  /// After it nothing is in doubt.
  private static boolean isCertain(Event event) {
    return switch (event) {
      case Event.Healthy _, Event.Closed _, Event.Flapping _ -> true;
      case Event _ -> false;
    };
  }

  private static boolean isOfFail(Event event) {
    return switch (event) {
      case Event.Suspected _, Event.Detected _, Event.AlsoFailing _, Event.Worsened _ -> true;
      case Event.FalseStart _, Event.Relapsed _ -> true;
      case Event _ -> false;
    };
  }

  private Witness witness(String probe) {
    return Objects.requireNonNull(witnesses.get(probe));
  }

  private long downSince(String probe) {
    return witness(probe).downSince();
  }

  private Course course() {
    return Objects.requireNonNull(course);
  }

  private void heard(Event event) {
    keep(event);
    switch (event) {
      case Event.Suspected e -> contains("suspected onset", e.onset(), downSince(e.probe()));
      case Event.Blipped e -> blipped(e);
      case Event.Detected e -> detected(e);
      case Event.Flapping e -> flapping(e);
      case Event.AlsoFailing e -> also(e.level(), e.probe(), e.onset());
      case Event.Worsened e -> {
        also(e.level(), e.probe(), e.onset());
        again("worse", e.level(), e.probe(), e.onset());
      }
      case Event.Eased e -> {
        long since = restored(probe -> level(probe).compareTo(e.level()) > 0);
        contains("eased", e.restored(), since);
        course().eased(e.level(), since);
      }
      case Event.Overran e -> course().overran(time.truth(e.end()));
      case Event.FirstGood e -> {
        long good = Math.max(course().onset(), witness(e.probe()).firstGood());
        contains("good", e.good(), good);
        course().good(good);
      }
      case Event.FalseStart e -> again("false start", e.level(), e.probe(), e.failed());
      case Event.Relapsed e -> {
        again("relapse", e.level(), e.probe(), e.failed());
        course().relapsed();
      }
      case Event.Verified e -> {
        long since = restored(_ -> true);
        contains("restored", e.restored(), since);
        course().verified(since);
        verified++;
      }
      case Event.Closed _ -> closed();
      case Event.Blind e -> witnesses.values().forEach(each -> each.blind(e.from()));
      case Event.LostSight e -> witnesses.values().forEach(each -> each.blind(e.from()));
      case Event.DepthsDiffer _, Event.DepthsAgree _, Event.ClockSet _ -> {}
      case Event.Waits _, Event.Served _, Event.Overdue _ -> {}
      case Event.Healthy _, Event.Verifying _, Event.Claimed _, Event.Dns _ -> {}
    }
    check();
  }

  /// As the ledger would be read.
  private void keep(Event event) {
    Change change = new Change(Objects.requireNonNull(before).cell(), event);
    Incident opened = Incident.opened(change).orElse(null);
    if (opened != null) {
      incident = opened;
      printed.add(opened);
    } else if (incident != null) {
      incident = incident.after(event);
      printed.set(printed.size() - 1, incident);
    }
  }

  private void blipped(Event.Blipped event) {
    blips.put(event.onset(), downSince(event.probe()));
    blips.put(event.end(), witness(event.probe()).upSince());
    contains("onset of a blip", event.onset(), Objects.requireNonNull(blips.get(event.onset())));
    contains("end of a blip", event.end(), Objects.requireNonNull(blips.get(event.end())));
  }

  private void detected(Event.Detected event) {
    long onset = Long.MAX_VALUE;
    for (String probe : event.failing()) {
      if (downSince(probe) < onset) {
        onset = downSince(probe);
        kind = witness(probe).kind();
      }
    }
    course = new Course(time, event.level(), onset);
    fresh();
  }

  private void flapping(Event.Flapping event) {
    course = new Course(time, Level.FLAPPING, Objects.requireNonNull(blips.get(event.onset())));
    course.good(Objects.requireNonNull(blips.get(event.good())));
    kind = 'f';
  }

  private void also(Level level, String probe, Bounds onset) {
    contains("onset of " + probe, onset, downSince(probe));
    Bounds known = Objects.requireNonNull(incident).onset();
    boolean joins =
        onset.earliest().equals(Moment.UNBOUNDED) && !onset.latest().isBefore(known.latest());
    if (!joins) {
      course().since(level, downSince(probe));
    }
  }

  private void again(String what, Level level, String probe, Bounds failed) {
    contains(what, failed, downSince(probe));
    course().at(level, downSince(probe));
    fresh();
  }

  private void fresh() {
    witnesses.values().forEach(Witness::fresh);
  }

  private long restored(Predicate<String> which) {
    long last =
        witnesses.entrySet().stream()
            .filter(each -> which.test(each.getKey()))
            .mapToLong(each -> each.getValue().upSince())
            .max()
            .orElseThrow();
    return Math.max(course().onset(), last);
  }

  private Level level(String probe) {
    Level slow = degradation.slow();
    return degradation
        .probes()
        .getOrDefault(probe, slow != null && probe.endsWith(IN_TIME) ? slow : Level.DOWN);
  }

  private void closed() {
    check();
    widths.add(kind, Objects.requireNonNull(incident));
    incident = null;
    course = null;
  }

  private void check() {
    if (incident != null) {
      course().check(incident);
    }
  }

  private void contains(String what, Bounds bounds, long truth) {
    Course.contains(time, what, bounds, truth);
  }
}
