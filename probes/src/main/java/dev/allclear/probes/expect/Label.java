package dev.allclear.probes.expect;

import java.util.Locale;

/// What an answer may say about who gave it.
public enum Label {
  SERVED_BY,
  VERSION;

  /// As in config and JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
