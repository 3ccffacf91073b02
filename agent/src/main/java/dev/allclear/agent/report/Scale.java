package dev.allclear.agent.report;

import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where a moment of an outage lies, from 0 at the first to 1 at the last that is shown.
public record Scale(Moment from, Moment to) {
  private static final List<Duration> TICKS =
      Stream.of(
              "PT0.1S", "PT0.2S", "PT0.5S", "PT1S", "PT2S", "PT5S", "PT10S", "PT15S", "PT30S",
              "PT1M", "PT2M", "PT5M", "PT10M", "PT15M", "PT30M", "PT1H", "PT2H", "PT6H", "PT12H",
              "PT24H", "PT168H")
          .map(Duration::parse)
          .toList();

  private static final int MOST_TICKS = 8;

  /// From a little before the onset until it is closed, or now. Nobody knows where an onset without
  /// a lower bound begins.
  public static Scale of(Incident incident, Moment now) {
    Moment first =
        incident.onset().earliest().equals(Moment.UNBOUNDED)
            ? incident.onset().latest()
            : incident.onset().earliest();
    Moment last = incident.closed().orElse(now);
    Duration margin = first.until(last).dividedBy(30);
    return new Scale(first.minus(margin), last.plus(margin));
  }

  /// What lies outside is shown at the edge.
  public double at(Moment moment) {
    double whole = from.until(to).toNanos();
    return whole <= 0 ? 0 : Math.clamp(from.until(moment).toNanos() / whole, 0, 1);
  }

  /// Round times to write below.
  List<Moment> ticks() {
    Duration whole = from.until(to);
    Duration step =
        TICKS.stream()
            .filter(each -> whole.dividedBy(each) <= MOST_TICKS)
            .findFirst()
            .orElse(TICKS.getLast().multipliedBy(1 + whole.dividedBy(TICKS.getLast())));
    long millis = step.toMillis();
    long first = Math.floorDiv(from.wall().toEpochMilli(), millis) + 1;
    List<Moment> ticks = new ArrayList<>();
    Moment tick = from.plus(Duration.between(from.wall(), Instant.ofEpochMilli(first * millis)));
    while (tick.isBefore(to)) {
      ticks.add(tick);
      tick = tick.plus(step);
    }
    return ticks;
  }
}
