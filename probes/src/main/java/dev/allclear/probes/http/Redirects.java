package dev.allclear.probes.http;

/// Which redirects are followed: at most so many, and from https to http only if `downgrade`.
public record Redirects(int most, boolean downgrade) {

  /// Each is an answer of its own.
  public static final Redirects NONE = new Redirects(0, false);

  /// As many as people would put up with.
  public static final Redirects FOLLOW = new Redirects(10, false);

  public Redirects {
    if (most < 0) {
      throw new IllegalArgumentException("most < 0");
    }
  }
}
