package dev.allclear.agent.config;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// Where a service runs in one region: every connection of its probes goes to this address, while
/// the Host header and SNI keep the URL's name. Port 0 keeps the URL's port.
public record Region(InetAddress address, int port) {
  private static final Pattern WITH_PORT = Pattern.compile("(?:[\\d.]+|\\[[^]]*\\]):\\d+");

  /// @throws IllegalArgumentException saying what to write instead
  static Region parse(String text) {
    if (!WITH_PORT.matcher(text).matches()) {
      return new Region(IpAddress.parse(text), 0);
    }
    HostPort at = HostPort.parse(text);
    if (!HostPort.isPort(at.port())) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " has no port from 1 to 65535; write one, or none");
    }
    return new Region(IpAddress.parse(at.host()), at.port());
  }
}
