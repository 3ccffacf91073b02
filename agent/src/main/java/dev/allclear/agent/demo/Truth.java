package dev.allclear.agent.demo;

import dev.allclear.probes.Bounds;
import java.util.List;
import java.util.Map;

/// What really happened in a world, in order. Each `at` is read just before and just after the
/// change, which took effect somewhere in it: a measured interval is right if it overlaps. Read it
/// when an outage is over: a cache that fetched the old record just before the change flips one TTL
/// later.
public record Truth(List<Fact> facts) {

  public Truth {
    facts = List.copyOf(facts);
  }

  /// One change, and when.
  public record Fact(Bounds at, Change change) {
    /// For people.
    public String what() {
      return change.text();
    }
  }

  /// What can change.
  public sealed interface Change {
    record Broke(Region region, Breakage how) implements Change {}

    record Mended(Region region) implements Change {}

    /// From here until it is warm only the region's checkout fails.
    record Cooled(Region region) implements Change {}

    record Warmed(Region region) implements Change {}

    /// The authority's record.
    record Moved(Region to) implements Change {}

    /// A resolver's answer; the instant from which on a query would be answered so.
    record Flipped(Manners resolver, Region to) implements Change {}

    private String text() {
      return switch (this) {
        case Broke(Region region, Breakage how) -> region.label() + " broke: " + how.effect();
        case Mended(Region region) -> region.label() + " is mended";
        case Cooled(Region region) -> region.label() + " is cold: its checkout fails";
        case Warmed(Region region) -> region.label() + " is warm";
        case Moved(Region to) -> "the authority answers " + to.label();
        case Flipped(Manners resolver, Region to) ->
            "resolver " + resolver.label() + " answers " + to.label();
      };
    }
  }

  /// One outage from its onset to full recovery, for somebody who finds the shop through the
  /// resolver `obeys`.
  ///
  /// - `onset`: the checkout in the region found there stopped to work.
  /// - `firstGood`: `GET /healthz` there succeeded again; the onset, if it never failed.
  /// - `restored`: from here on the checkout there works, and the authority and all resolvers
  ///   agree.
  /// - `flips`: when each resolver, by its label, last changed its answer in between.
  public record Outage(Bounds onset, Bounds firstGood, Bounds restored, Map<String, Bounds> flips) {
    public Outage {
      flips = Map.copyOf(flips);
    }
  }

  /// The outages that are over.
  public List<Outage> outages() {
    return Reckoning.of(facts);
  }
}
