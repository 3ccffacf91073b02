package dev.allclear.probes.propagation;

import dev.allclear.probes.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one resolver may be asked: `burst` questions at once, and one more each `every` (trap 22).
/// `full` is when the bucket would be full again; null if it is.
public record Bucket(int burst, Duration every, @Nullable Moment full) {
  public static final Bucket DEFAULT = new Bucket(20, Duration.ofMillis(100), null);

  public Bucket {
    if (burst < 1 || every.isNegative()) {
      throw new IllegalArgumentException("burst < 1 or every < 0");
    }
  }

  /// The earliest instant from `wanted` on at which a question may be sent.
  public Moment allowed(Moment wanted) {
    return full == null ? wanted : Moment.later(wanted, full.minus(every.multipliedBy(burst - 1)));
  }

  /// With one question sent.
  public Bucket sent(Moment at) {
    Moment from = full == null ? at : Moment.later(full, at);
    return new Bucket(burst, every, from.plus(every));
  }
}
