package dev.allclear.probes.wire;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a connection goes, how it is secured, if at all, and what may be spoken on it, as in ALPN.
/// Without TLS nothing is negotiated: the first of `protocols` is spoken.
public record HttpRoute(
    InetSocketAddress address, @Nullable HttpSecurity security, List<String> protocols) {
  public static final String ONE = "http/1.1";
  public static final String TWO = "h2";

  public HttpRoute {
    protocols = List.copyOf(protocols);
  }
}
