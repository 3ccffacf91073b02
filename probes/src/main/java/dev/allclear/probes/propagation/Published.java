package dev.allclear.probes.propagation;

/// The TTLs in seconds with which the authorities publish the old value and the new one; `UNKNOWN`
/// while nobody has told.
public record Published(int old, int fresh) {
  public static final int UNKNOWN = -1;

  public static final Published NOTHING = new Published(UNKNOWN, UNKNOWN);

  public static Published of(int ttl) {
    return new Published(ttl, ttl);
  }

  boolean oldKnown() {
    return old != UNKNOWN;
  }

  boolean known() {
    return old != UNKNOWN && fresh != UNKNOWN;
  }
}
