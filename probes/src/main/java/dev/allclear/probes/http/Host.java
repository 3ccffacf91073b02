package dev.allclear.probes.http;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/// The host of a URL, as it is looked up.
public record Host(String name) {

  /// Null if it is no http, https, ws or wss URL.
  public static @Nullable Host of(String url) {
    HttpUrl parsed = HttpUrl.parse(Draft.http(url));
    return parsed == null ? null : new Host(parsed.host());
  }

  /// Never empty.
  public List<InetAddress> addresses(Addresses asked, Clock clock, Moment deadline)
      throws UnknownHostException {
    return new Lookup(asked, name, clock, () -> deadline).lookup(name);
  }
}
