package dev.allclear.agent.propagation;

import dev.allclear.probes.propagation.Wanted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest looks at one server, from which all is told anew when it turns out what is new.
final class Memory {
  private static final int REMEMBERED = 48;

  private final Deque<Look> looks = new ArrayDeque<>();

  void add(Look look) {
    if (looks.size() == REMEMBERED) {
      looks.removeFirst();
    }
    looks.addLast(look);
  }

  List<Look> all() {
    return List.copyOf(looks);
  }

  @Nullable Look last() {
    return looks.peekLast();
  }

  /// The one before the last, if `later` is 1.
  @Nullable Look lastBut(int later) {
    Iterator<Look> iterator = looks.descendingIterator();
    for (int i = 0; i < later && iterator.hasNext(); i++) {
      iterator.next();
    }
    return iterator.hasNext() ? iterator.next() : null;
  }

  /// The last two: what it said before, and what it says.
  List<Look> latest() {
    Look before = lastBut(1);
    Look last = last();
    if (last == null) {
      return List.of();
    }
    return before == null ? List.of(last) : List.of(before, last);
  }

  /// Forgets what was not of this value.
  void keep(Wanted wanted) {
    looks.removeIf(look -> look.records() == null || !wanted.accepts(look.records()));
  }
}
