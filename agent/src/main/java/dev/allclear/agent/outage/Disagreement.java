package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long the shallow probes of an outage passed while deep ones failed: `ended` in all, and
/// since `since`, which is null while they agree. `last` is how far that has been counted.
public record Disagreement(Span ended, @Nullable Bounds since, @Nullable Bounds last) {
  static final Disagreement NONE = new Disagreement(Span.ZERO, null, null);

  Disagreement after(Event event) {
    return switch (event) {
      case Event.DepthsDiffer e -> since(e.since());
      case Event.DepthsAgree e -> until(e.until());
      case Event.Blind e -> unseen(e);
      case Event _ -> this;
    };
  }

  private Disagreement since(Bounds from) {
    return new Disagreement(ended, last == null ? from : Bounds.later(from, last), last);
  }

  private Disagreement until(Bounds to) {
    return since == null ? this : new Disagreement(ended.plus(since.until(to)), null, to);
  }

  /// Nobody knows how long it went on while the agent could not see.
  private Disagreement unseen(Event.Blind blind) {
    if (since == null) {
      return this;
    }
    Span seen = since.until(Bounds.at(blind.from()));
    Duration most = since.until(Bounds.at(blind.at())).max();
    return new Disagreement(
        ended.plus(Span.of(seen.min(), seen.likely(), most)), null, Bounds.at(blind.at()));
  }

  /// As far as it is over; empty if they always agreed.
  public Optional<Span> measured() {
    return last == null ? Optional.empty() : Optional.of(ended);
  }

  /// Up to `now` while it goes on; null if they always agreed.
  public @Nullable Span length(Moment now) {
    if (since != null) {
      return ended.plus(since.until(Bounds.at(now)));
    }
    return last == null ? null : ended;
  }
}
