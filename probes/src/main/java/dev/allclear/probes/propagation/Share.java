package dev.allclear.probes.propagation;

/// How many of `all` have flipped: at least `certain`, whose latest instant has passed, at most
/// `possible`, whose earliest has.
public record Share(int certain, int possible, int all) {
  public Share {
    if (certain < 0 || possible < certain || all < possible) {
      throw new IllegalArgumentException("not 0 <= certain <= possible <= all");
    }
  }

  public double certainPercent() {
    return all == 0 ? 0 : 100.0 * certain / all;
  }

  public double possiblePercent() {
    return all == 0 ? 0 : 100.0 * possible / all;
  }
}
