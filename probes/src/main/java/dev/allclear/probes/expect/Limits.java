package dev.allclear.probes.expect;

/// A range of whole numbers, both ends inclusive; Long.MAX_VALUE has no upper end.
public record Limits(long least, long most) {

  public Limits {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException("not 0 <= least <= most: " + least + ", " + most);
    }
  }

  boolean allows(long number) {
    return least <= number && number <= most;
  }

  @Override
  public String toString() {
    if (least == most) {
      return Long.toString(least);
    }
    if (most == Long.MAX_VALUE) {
      return "at least " + least;
    }
    return least == 0 ? "at most " + most : least + " to " + most;
  }
}
