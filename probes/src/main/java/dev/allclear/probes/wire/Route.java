package dev.allclear.probes.wire;

import java.net.InetSocketAddress;

/// Where a query goes and over what.
public sealed interface Route {
  /// Resolved: nothing here looks up a name.
  InetSocketAddress address();

  record Udp(InetSocketAddress address) implements Route {
    public Udp {
      requireResolved(address);
    }

    /// Where the whole of a truncated answer is to be had.
    public Tcp overTcp() {
      return new Tcp(address);
    }
  }

  /// RFC 7766, one query to a connection.
  record Tcp(InetSocketAddress address) implements Route {
    public Tcp {
      requireResolved(address);
    }
  }

  /// RFC 7858 with the strict profile of RFC 8310.
  record Tls(InetSocketAddress address, Trust trust) implements Route {
    public Tls {
      requireResolved(address);
    }
  }

  /// RFC 8484 over HTTP/2; `authority` as in a URL (`dns.example` or `dns.example:8443`), `path`
  /// with its leading slash.
  record Https(InetSocketAddress address, Trust trust, String authority, String path, Method method)
      implements Route {
    public Https {
      requireResolved(address);
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException("a path without leading slash");
      }
    }
  }

  /// How an HTTPS query travels: in the URL, where caches can see it, or in the body.
  enum Method {
    GET,
    POST
  }

  private static void requireResolved(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("not resolved: " + address.getHostString());
    }
  }
}
