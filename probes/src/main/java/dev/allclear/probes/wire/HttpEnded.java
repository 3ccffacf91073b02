package dev.allclear.probes.wire;

import dev.allclear.probes.Moment;
import java.time.Duration;

/// How a connection ended that was open. `idle` is how long nothing had gone over it; `asking` is
/// true if a request was under way.
public record HttpEnded(Moment at, How how, Duration idle, boolean asking) {

  public enum How {
    /// The server closed it in good order.
    CLOSED,
    /// The server, or its machine, cut it.
    RESET,
    /// The server said that it takes no more requests on it: GOAWAY in HTTP/2, `Connection: close`
    /// in HTTP/1.
    ANNOUNCED,
    /// We closed it.
    OURS
  }
}
