package dev.allclear.agent.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Bounds what a file amounts to before a tree is made of it: how deep it goes, and how many values
/// it has once its aliases are expanded.
public final class Shape {
  private static final int DEEPEST = 32;
  private static final int MOST_VALUES = 100_000;

  /// So many characters count as one more value: a long text repeated is as much as many short
  /// ones.
  private static final int LONG_TEXT = 64;

  /// A collection that has begun, and the number of values in it so far.
  private static final class Open {
    final Optional<Anchor> anchor;
    int values = 1;

    Open(Optional<Anchor> anchor) {
      this.anchor = anchor;
    }
  }

  private final Problems problems;
  private final Map<Anchor, Integer> anchored = new HashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();

  private Shape(Problems problems) {
    this.problems = problems;
    open.push(new Open(Optional.empty()));
  }

  /// Whether it is sound; if not, why is among the problems.
  public static boolean of(Iterable<Event> events, Problems problems) {
    Shape shape = new Shape(problems);
    for (Event event : events) {
      if (!shape.take(event)) {
        return false;
      }
    }
    return true;
  }

  private boolean take(Event event) {
    if (event instanceof CollectionStartEvent start) {
      open.push(new Open(start.getAnchor()));
      return open.size() <= DEEPEST
          || refuse(event, "deeper than " + DEEPEST + " levels; write it flatter");
    }
    if (event instanceof CollectionEndEvent) {
      Open ended = open.pop();
      ended.anchor.ifPresent(anchor -> anchored.put(anchor, ended.values));
      return add(event, ended.values);
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    return !(event instanceof ScalarEvent scalar) || scalar(scalar);
  }

  private boolean scalar(ScalarEvent scalar) {
    int values = 1 + scalar.getValue().length() / LONG_TEXT;
    scalar.getAnchor().ifPresent(anchor -> anchored.put(anchor, values));
    return add(scalar, values);
  }

  private boolean alias(AliasEvent alias) {
    Anchor anchor = alias.getAlias();
    boolean cycle = open.stream().anyMatch(outer -> outer.anchor.equals(Optional.of(anchor)));
    return cycle
        ? refuse(alias, "`*" + anchor.getValue() + "` stands inside what it repeats; write it out")
        : add(alias, anchored.getOrDefault(anchor, 1));
  }

  private boolean add(Event event, int values) {
    Open around = open.element();
    around.values += values;
    return around.values <= MOST_VALUES
        || refuse(event, "too many values, aliases expanded; write fewer");
  }

  private boolean refuse(Event at, String message) {
    Mark mark = at.getStartMark().orElseThrow();
    problems.add(mark.getLine() + 1, mark.getColumn() + 1, message);
    return false;
  }
}
