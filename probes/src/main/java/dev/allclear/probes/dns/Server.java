package dev.allclear.probes.dns;

import java.net.InetSocketAddress;

/// A nameserver to ask: an authority, which knows, or a resolver, which remembers.
public record Server(
    String name, InetSocketAddress address, Transport transport, boolean authority) {

  /// How to reach it.
  public enum Transport {
    UDP,
    TCP
  }
}
