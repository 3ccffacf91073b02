package dev.allclear.probes;

import java.util.Locale;

/// What a probe is good for: shallow ones are cheap and detect, deep ones walk through what a user
/// does, dns ones compare what resolvers answer and are needed for verification only.
public enum Depth {
  SHALLOW,
  DEEP,
  DNS;

  /// True if a failure opens an outage.
  public boolean detects() {
    return switch (this) {
      case SHALLOW, DEEP -> true;
      case DNS -> false;
    };
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
