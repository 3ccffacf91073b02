package dev.allclear.agent.demo;

import dev.allclear.agent.demo.Truth.Change;
import dev.allclear.agent.demo.Truth.Fact;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The clock of a world and what happened by it. Collects facts as they become certain, which is
/// not always in the order in which they became true. Any thread.
final class Chronicle {
  private static final Comparator<Fact> BY_TIME = Comparator.comparing(fact -> fact.at().latest());

  private final Clock clock;
  private final List<Fact> facts = new ArrayList<>();

  Chronicle(Clock clock) {
    this.clock = clock;
  }

  Moment now() {
    return clock.now();
  }

  synchronized void add(Bounds at, Change change) {
    facts.add(new Fact(at, change));
  }

  synchronized Truth truth() {
    return new Truth(facts.stream().sorted(BY_TIME).toList());
  }
}
