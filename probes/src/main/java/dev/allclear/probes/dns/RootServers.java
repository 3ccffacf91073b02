package dev.allclear.probes.dns;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Where every way down the tree of names begins.
public final class RootServers {
  /// From `a.root-servers.net` on, as IANA lists them.
  private static final List<String> ADDRESSES =
      List.of(
          "198.41.0.4",
          "170.247.170.2",
          "192.33.4.12",
          "199.7.91.13",
          "192.203.230.10",
          "192.5.5.241",
          "192.112.36.4",
          "198.97.190.53",
          "192.36.148.17",
          "192.58.128.30",
          "193.0.14.129",
          "199.7.83.42",
          "202.12.27.33");

  private RootServers() {}

  /// Those of the Internet.
  public static List<Server> all() {
    List<Server> all = new ArrayList<>();
    for (int i = 0; i < ADDRESSES.size(); i++) {
      String host = (char) ('a' + i) + ".root-servers.net";
      InetSocketAddress address =
          new InetSocketAddress(Literal.of(octets(ADDRESSES.get(i))), Server.DNS_PORT);
      all.add(Server.authorityAt(host, address));
    }
    return all;
  }

  private static byte[] octets(String address) {
    String[] parts = address.split("\\.", -1);
    byte[] octets = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      octets[i] = (byte) Integer.parseInt(parts[i]);
    }
    return octets;
  }
}
