package dev.allclear.agent;

import dev.allclear.agent.outage.Event;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who answers the runs of one cell, and in which version, as the answers say of themselves. Told
/// are only changes while an outage is open, at most {@link Event.Served#MOST} of each label of
/// each probe, and what was so when it was opened. Those among whom load is balanced are as one.
final class Serving {
  private record Key(String probe, String label) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byProbe = probe.compareTo(other.probe);
      return byProbe != 0 ? byProbe : label.compareTo(other.label);
    }
  }

  private final Map<Key, Course> courses = new TreeMap<>();

  /// Takes up what an earlier session told of the outage that is open.
  void remember(Event.Served served) {
    courses.computeIfAbsent(new Key(served.probe(), served.label()), Course::new).remember(served);
  }

  /// A run has opened the outage.
  List<Event> opened(Observation run) {
    List<Event> _ = after(run, false);
    return courses.values().stream().map(course -> course.opened(run.told())).toList();
  }

  /// What is new in a run; `open` if that is to be told.
  List<Event> after(Observation run, boolean open) {
    if (run.outcome() instanceof Outcome.Inconclusive) {
      return List.of();
    }
    Map<String, Answers> read = new TreeMap<>();
    run.steps()
        .forEach(step -> {
          if (step.reply() instanceof Reply.Http http) {
            http.labels()
                .named()
                .forEach(
                    (label, value) -> read.merge(label, Answers.of(step, value), Answers::with));
          }
        });
    List<Event> events = new ArrayList<>();
    read.forEach((label, answers) -> {
      Course course = courses.computeIfAbsent(new Key(run.probe(), label), Course::new);
      Event event = course.after(answers, run.told(), open);
      if (event != null) {
        events.add(event);
      }
    });
    return events;
  }

  /// Who gave the answers of one run.
  private record Answers(Moment begin, Moment end, Set<String> by) {
    static Answers of(StepRun step, String value) {
      return new Answers(step.begin(), step.end(), Set.of(value));
    }

    Answers with(Answers other) {
      Set<String> all = new TreeSet<>(by);
      all.addAll(other.by);
      return new Answers(
          Moment.earlier(begin, other.begin), Moment.later(end, other.end), Set.copyOf(all));
    }
  }

  /// Of one label of one probe: `now` are those that answer, of which `last` gave the last answer;
  /// before an outage only `recent` counts.
  private static final class Course {
    private static final int REMEMBERED = 50;

    private final Key key;
    private final List<Answers> recent = new ArrayList<>();
    private Set<String> old = Set.of();
    private Set<String> now = Set.of();
    private @Nullable Moment last;
    private int runs;
    private int told;

    Course(Key key) {
      this.key = key;
    }

    void remember(Event.Served served) {
      old = told == 0 ? served.to() : old;
      now = served.to();
      last = served.shifted().earliest();
      told++;
    }

    /// Those who answered since the last time that somebody new did.
    Event opened(Moment at) {
      int first = lastArrival();
      List<Answers> since = recent.subList(first, recent.size());
      old = union(since);
      now = old;
      last = recent.getLast().begin();
      runs = since.size();
      told = 1;
      Answers arrival = since.getFirst();
      return first == 0
          ? served(at, Set.of(), 0, Bounds.between(arrival.begin(), recent.getLast().end()))
          : served(
              at,
              union(recent.subList(0, first)),
              first,
              between(recent.get(first - 1).begin(), arrival.end()));
    }

    private int lastArrival() {
      Set<String> seen = new TreeSet<>(recent.getFirst().by());
      int arrival = 0;
      for (int i = 1; i < recent.size(); i++) {
        arrival = seen.addAll(recent.get(i).by()) ? i : arrival;
      }
      return arrival;
    }

    private static Set<String> union(List<Answers> some) {
      Set<String> all = new TreeSet<>();
      some.forEach(each -> all.addAll(each.by()));
      return Set.copyOf(all);
    }

    @Nullable Event after(Answers answers, Moment at, boolean open) {
      if (last != null && answers.begin().isBefore(last)) {
        return null; // Overtaken: nobody knows which of the two asked first.
      }
      recent.add(answers);
      if (recent.size() > REMEMBERED) {
        recent.removeFirst();
      }
      Moment before = last;
      last = answers.begin();
      if (!open) {
        return null;
      }
      if (told == 0) {
        return opened(at);
      }
      runs++;
      return isSame(answers.by()) ? null : changed(answers, at, before);
    }

    /// Of those who shared the load before, any.
    private boolean isSame(Set<String> by) {
      return now.equals(by) || (now.equals(old) && old.containsAll(by));
    }

    private @Nullable Event changed(Answers answers, Moment at, @Nullable Moment before) {
      Set<String> from = now;
      int counted = runs - 1;
      now = old.containsAll(answers.by()) ? old : answers.by();
      runs = 1;
      told++;
      return told > Event.Served.MOST
          ? null
          : served(
              at,
              from,
              counted,
              between(before == null ? Moment.UNBOUNDED : before, answers.end()));
    }

    private Event served(Moment at, Set<String> from, int counted, Bounds shifted) {
      return new Event.Served(at, key.probe(), key.label(), from, now, counted, shifted);
    }

    private static Bounds between(Moment from, Moment to) {
      return Bounds.between(Moment.earlier(from, to), to);
    }
  }
}
