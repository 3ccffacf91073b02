package dev.allclear.agent.demo;

import dev.allclear.agent.demo.Truth.Change;
import dev.allclear.agent.demo.Truth.Fact;
import dev.allclear.agent.demo.Truth.Outage;
import dev.allclear.probes.Bounds;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks through the facts of a world that began healthy in the west, and finds its outages. One
/// thread.
final class Reckoning {
  private final Map<Region, Breakage> broken = new EnumMap<>(Region.class);
  private final Set<Region> cold = EnumSet.noneOf(Region.class);
  private final Map<Manners, Region> answers = new EnumMap<>(Manners.class);
  private final Map<String, Bounds> flips = new HashMap<>();
  private final List<Outage> outages = new ArrayList<>();
  private Region authority = Region.WEST;
  private @Nullable Bounds onset;
  private @Nullable Bounds firstGood;

  private Reckoning() {
    for (Manners resolver : Manners.values()) {
      answers.put(resolver, Region.WEST);
    }
  }

  static List<Outage> of(List<Fact> facts) {
    Reckoning reckoning = new Reckoning();
    facts.forEach(reckoning::take);
    return List.copyOf(reckoning.outages);
  }

  private void take(Fact fact) {
    apply(fact.change());
    if (onset == null && !checkoutWorks()) {
      onset = fact.at();
      flips.clear();
    }
    if (onset != null) {
      follow(onset, fact);
    }
  }

  private void apply(Change change) {
    switch (change) {
      case Change.Broke(Region region, Breakage how) -> broken.put(region, how);
      case Change.Mended(Region region) -> broken.remove(region);
      case Change.Cooled(Region region) -> cold.add(region);
      case Change.Warmed(Region region) -> cold.remove(region);
      case Change.Moved(Region to) -> authority = to;
      case Change.Flipped(Manners resolver, Region to) -> answers.put(resolver, to);
    }
  }

  private void follow(Bounds begun, Fact fact) {
    if (fact.change() instanceof Change.Flipped(Manners resolver, Region _)) {
      flips.put(resolver.label(), fact.at());
    }
    if (firstGood == null && isGreen()) {
      firstGood = fact.at();
    }
    if (firstGood != null && checkoutWorks() && agree()) {
      outages.add(new Outage(begun, firstGood, fact.at(), flips));
      onset = null;
      firstGood = null;
    }
  }

  private boolean isGreen() {
    Breakage how = broken.get(region());
    return how == null || how == Breakage.CHECKOUT;
  }

  private boolean checkoutWorks() {
    return !broken.containsKey(region()) && !cold.contains(region());
  }

  private boolean agree() {
    return answers.values().stream().allMatch(answer -> answer == authority);
  }

  /// Where the clients of `obeys` are sent.
  private Region region() {
    return answers.getOrDefault(Manners.OBEYS, authority);
  }
}
