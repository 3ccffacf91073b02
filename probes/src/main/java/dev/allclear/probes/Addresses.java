package dev.allclear.probes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Where a host name leads now. Asked anew by every run that opens a connection; nothing is cached.
@FunctionalInterface
public interface Addresses {

  /// Never empty.
  ///
  /// @throws UnknownHostException with the resolver and its reason, for people
  List<InetAddress> of(String host) throws UnknownHostException;
}
