package dev.allclear.agent.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a failover by DNS has to meet, as written on the command line.
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class DnsGoalOptions {
  @Option(
      names = "--rto",
      paramLabel = "TIME",
      converter = Lengths.Positive.class,
      description = "A recovery time objective: do the TTLs leave enough of it?")
  private @Nullable Duration rto;

  @Option(
      names = "--move",
      description = "With --rto: the failover moves the zone to other nameservers.")
  private boolean move;

  @Option(
      names = "--ttl-before",
      paramLabel = "TIME",
      converter = Lengths.Positive.class,
      description = "With --rto: what the TTL was, if it was lowered a short time ago.")
  private @Nullable Duration before;

  /// Null if there is none.
  ///
  /// @throws IllegalArgumentException if something is said of one that is not there
  @Nullable DnsGoal goal() {
    if (rto != null) {
      return new DnsGoal(rto, move, before);
    }
    if (move || before != null) {
      throw new IllegalArgumentException("--move and --ttl-before go with --rto; write it, too");
    }
    return null;
  }
}
