package dev.allclear.probes.propagation;

import dev.allclear.probes.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The change comes with a move to other nameservers: a cache may ask the old ones, which keep the
/// old value, until it gives up the delegation it holds. `link` is the record that says for how
/// long, such as `shop.example NS` (fact 29).
public record Move(String link, Duration ttl) {
  public Move {
    if (ttl.isNegative()) {
      throw new IllegalArgumentException("negative TTL: " + link);
    }
  }

  /// When no cache asks the old nameservers any more, once the new ones are all new and delegated
  /// to: one second more, as whole seconds of its clock count (fact 1).
  static @Nullable Moment over(@Nullable Move move, @Nullable Moment everywhere) {
    return move == null || everywhere == null
        ? everywhere
        : everywhere.plus(move.ttl).plus(Duration.ofSeconds(1));
  }
}
