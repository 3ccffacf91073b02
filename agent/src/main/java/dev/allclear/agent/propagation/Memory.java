package dev.allclear.agent.propagation;

import dev.allclear.probes.propagation.Wanted;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
      looks.remove(looks.stream().filter(Memory::isEmpty).findFirst().orElseGet(looks::getFirst));
    }
    looks.addLast(look);
  }

  /// It tells nothing of the name, as all do in an outage, however long that lasts.
  private static boolean isEmpty(Look look) {
    return look.records() == null;
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

  /// What it said before the last look, if anything, and that one.
  List<Look> latest() {
    List<Look> latest = new ArrayList<>();
    Iterator<Look> earlier = looks.descendingIterator();
    while (earlier.hasNext() && latest.size() < 2) {
      Look look = earlier.next();
      if (latest.isEmpty() || !isEmpty(look)) {
        latest.addFirst(look);
      }
    }
    return latest;
  }

  /// All of this is past.
  void settle() {
    List<Look> all = looks.stream().map(look -> new Look(look.step(), true)).toList();
    looks.clear();
    looks.addAll(all);
  }

  /// Forgets what was not of this value.
  void keep(Wanted wanted) {
    looks.removeIf(look -> look.records() == null || !wanted.accepts(look.records()));
  }
}
