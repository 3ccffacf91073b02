package dev.allclear.agent.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where to listen. Port 0 lets the system choose one.
public record HostPort(String host, int port) {
  private static final Pattern SHAPE =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([A-Za-z0-9._-]+)):(\\d{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  /// Reads `127.0.0.1:9844`, `localhost:9844`, `[::1]:9844`.
  ///
  /// @throws IllegalArgumentException saying what to write instead
  public static HostPort parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(3)) > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " is not HOST:PORT; write one, as 127.0.0.1:9844");
    }
    String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
    return new HostPort(host, Integer.parseInt(parts.group(3)));
  }

  /// Whether something can be reached there.
  public static boolean isPort(int port) {
    return port > 0 && port <= HIGHEST_PORT;
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
