package dev.allclear.agent.outage;

/// How bad it is for users: down, degraded in a way that the operator named, or flapping. A level
/// of a higher rank is worse, and implies those below.
public record Level(String name, int rank) implements Comparable<Level> {
  public static final Level DOWN = new Level("down", Integer.MAX_VALUE);

  /// Fails come and go, and none is confirmed.
  public static final Level FLAPPING = new Level("flapping", 0);

  public Level {
    if (rank < 0) {
      throw new IllegalArgumentException("rank < 0");
    }
  }

  @Override
  public int compareTo(Level other) {
    return Integer.compare(rank, other.rank);
  }

  boolean isWorseThan(Level other) {
    return compareTo(other) > 0;
  }

  static Level worse(Level a, Level b) {
    return b.isWorseThan(a) ? b : a;
  }
}
