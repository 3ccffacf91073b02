package dev.allclear.agent.outage;

import dev.allclear.probes.Moment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// What the outages of a cell are called: by the second of their detection. Where an earlier one
/// may be called so, as there were two in a second or the clock was set back, their number in the
/// cell follows. `newest` is the latest second of the `given` names.
public record Names(Instant newest, int given) {
  static final Names NONE = new Names(Instant.MIN, 0);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// No cell's name holds a tilde: service `a-b` and region `b` of service `a` stay apart.
  String next(Cell cell, Moment detected) {
    String name = cell.toString().replace('/', '~') + "-" + SECOND.format(detected.wall());
    return second(detected).isAfter(newest) ? name : name + "-" + (given + 1);
  }

  Names after(Moment detected) {
    Instant second = second(detected);
    return new Names(second.isAfter(newest) ? second : newest, given + 1);
  }

  private static Instant second(Moment moment) {
    return moment.wall().truncatedTo(ChronoUnit.SECONDS);
  }
}
