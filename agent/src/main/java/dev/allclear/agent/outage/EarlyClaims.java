package dev.allclear.agent.outage;

import java.util.ArrayList;
import java.util.List;

/// What was said of a cell while no outage of it was open, oldest first: the next one takes over
/// what belongs to it. Only the newest are kept.
public record EarlyClaims(List<Event.Claimed> claims) {
  private static final int MOST = 100;

  public static final EarlyClaims NONE = new EarlyClaims(List.of());

  public EarlyClaims {
    claims = List.copyOf(claims);
  }

  EarlyClaims with(Event.Claimed claimed) {
    if (claimed.isIn(claims)) {
      return this;
    }
    List<Event.Claimed> more = new ArrayList<>(claims);
    more.add(claimed);
    return new EarlyClaims(more.subList(Math.max(0, more.size() - MOST), more.size()));
  }
}
