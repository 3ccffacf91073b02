package dev.allclear.agent.demo;

import java.util.Locale;

/// Where the shop runs: two loopback addresses that share a port, so that only DNS tells them
/// apart.
public enum Region {
  WEST("127.0.10.1"),
  EAST("127.0.20.1");

  private final String host;

  Region(String host) {
    this.host = host;
  }

  public String host() {
    return host;
  }

  public Region other() {
    return this == WEST ? EAST : WEST;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
