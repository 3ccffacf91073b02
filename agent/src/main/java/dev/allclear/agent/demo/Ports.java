package dev.allclear.agent.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/// The ports of a world on loopback; 0 stands for one that is free, and a running world names those
/// it took. Both regions use the same `shop` port.
public record Ports(int control, int shop, int authority, int obeys, int clamps, int stale) {
  public static final int DEFAULT_BASE = 9850;

  /// Whatever is free.
  public static final Ports FREE = new Ports(0, 0, 0, 0, 0, 0);

  /// How far away the next world should be.
  private static final int FURTHER = 100;

  private static final int SPAN = 13;
  private static final int HIGHEST = 65_535;

  public static Ports from(int base) {
    if (base < 1 || base > HIGHEST - SPAN) {
      throw new IllegalArgumentException(
          "port %d is out of range; write one from 1 to %d".formatted(base, HIGHEST - SPAN));
    }
    return new Ports(base, base + 2, base + 10, base + 11, base + 12, base + SPAN);
  }

  int resolver(Manners manners) {
    return switch (manners) {
      case OBEYS -> obeys;
      case CLAMPS -> clamps;
      case STALE -> stale;
    };
  }

  /// Something that takes an address to itself.
  @FunctionalInterface
  interface Opening<T> {
    T at(InetSocketAddress address) throws IOException;
  }

  /// @throws BindException that names the address in use, and what to do
  <T> T bind(String host, int port, Opening<T> opening) throws IOException {
    try {
      return opening.at(new InetSocketAddress(host, port));
    } catch (BindException e) {
      BindException explained = new BindException(explain(host, port, e));
      explained.initCause(e);
      throw explained;
    }
  }

  /// What to do about an address that could not be bound.
  String explain(String host, int port, BindException reason) {
    String message = String.valueOf(reason.getMessage());
    return message.contains("in use")
        ? "%s:%d is in use: is another demo running? Try --port %d"
            .formatted(host, port, control + FURTHER)
        : "%s:%d cannot be bound: %s".formatted(host, port, message);
  }
}
