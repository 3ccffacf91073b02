package dev.allclear.agent.config;

import dev.allclear.agent.yaml.IpAddress;
import java.net.InetAddress;

/// Where a service runs in one region: every request of its probes goes to this address, while the
/// port, the Host header and SNI stay the URL's.
public record Region(InetAddress address) {

  /// @throws IllegalArgumentException saying what to write instead
  static Region parse(String text) {
    return new Region(IpAddress.parse(text));
  }
}
