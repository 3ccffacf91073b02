package dev.allclear.probes.wire;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Phases;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of a query. `begin` is when it was given to the wire; of one that was answered, when
/// the wire began to connect or, without a connection, to send.
public sealed interface Exchanged {
  Moment begin();

  Moment end();

  /// `sent` is the last moment before the query left, `received` the first after the answer had
  /// arrived; `caseKept` whether the answer repeats the question letter by letter; `age` is how
  /// long an HTTP cache held it, which counts against its TTLs (RFC 8484, 5.1).
  record Answered(
      Packet packet,
      Moment begin,
      Moment sent,
      Moment received,
      Phases phases,
      boolean caseKept,
      @Nullable Duration age)
      implements Exchanged {
    @Override
    public Moment end() {
      return received;
    }
  }

  /// No answer in time; `strays` came meanwhile over the same socket.
  record Silent(Moment begin, Moment end, Strays strays) implements Exchanged {}

  /// Nobody is there: the port is closed, or there is no way to the address.
  record Refused(Moment begin, Moment end, String reason) implements Exchanged {}

  /// Something is there, but gives no DNS answer: TLS that fails, an HTTP status, or not the
  /// protocol. `cause` is one of `TLS`, `STATUS` and `PROTOCOL`.
  record Broken(Moment begin, Moment end, Cause cause, String reason) implements Exchanged {}

  /// This machine is to blame, and nothing is known of the server.
  record Unsent(Moment begin, Moment end, String reason) implements Exchanged {}
}
