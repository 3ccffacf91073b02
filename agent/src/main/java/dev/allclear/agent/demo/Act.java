package dev.allclear.agent.demo;

import java.time.Duration;

/// What can be done to a world.
public sealed interface Act {

  record Break(Region region, Breakage how) implements Act {}

  record Mend(Region region) implements Act {}

  /// Makes the region's checkout fail for `length`, while the rest of it works.
  record Warm(Region region, Duration length) implements Act {
    public Warm {
      if (!length.isPositive()) {
        throw new IllegalArgumentException("length <= 0");
      }
    }
  }

  /// Changes the authority's record.
  record FailOver(Region to) implements Act {}

  /// Nothing more happens in this outage.
  record Settle() implements Act {}

  /// For people.
  default String text() {
    return switch (this) {
      case Break(Region region, Breakage how) -> region.label() + " breaks: " + how.effect();
      case Mend(Region region) -> region.label() + " is mended";
      case Warm(Region region, Duration length) ->
          "%s is cold: its checkout fails for %.1f s"
              .formatted(region.label(), length.toNanos() / 1e9);
      case FailOver(Region to) -> "fail-over: DNS now sends users " + to.label();
      case Settle() -> "the world has settled";
    };
  }
}
