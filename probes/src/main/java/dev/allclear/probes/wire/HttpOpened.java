package dev.allclear.probes.wire;

import dev.allclear.probes.Moment;
import java.io.IOException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// How a connection came about, or why it did not, and when. `connected` and `secured` are null if
/// it did not get so far; without TLS it is secured as soon as it is connected. `tls` is null
/// without; `failure` is null if it is open.
public record HttpOpened(
    Moment begin,
    @Nullable Moment connected,
    @Nullable Moment secured,
    Moment end,
    @Nullable SSLSession tls,
    @Nullable IOException failure) {

  public boolean isOpen() {
    return failure == null;
  }
}
