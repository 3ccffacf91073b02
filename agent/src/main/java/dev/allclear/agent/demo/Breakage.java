package dev.allclear.agent.demo;

import java.util.Locale;

/// How a region is broken.
public enum Breakage {
  /// Nothing listens, and open connections are dropped.
  REFUSE("connections are refused"),
  ERROR("every answer is 503"),
  /// Connections are accepted and requests read; no answer comes until the region is mended.
  HANG("no request is answered"),
  /// Shallow green: everything but the checkout works.
  CHECKOUT("only the checkout fails");

  private final String effect;

  Breakage(String effect) {
    this.effect = effect;
  }

  /// For people.
  public String effect() {
    return effect;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
