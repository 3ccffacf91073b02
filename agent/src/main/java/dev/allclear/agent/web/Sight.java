package dev.allclear.agent.web;

import dev.allclear.agent.outage.Track;
import org.jspecify.annotations.Nullable;

/// What the last conclusive run of a probe saw.
enum Sight {
  PASS,
  FAIL,
  NOTHING;

  static Sight of(Track track) {
    if (track.lastPass() == null) {
      return track.lastFail() == null ? NOTHING : FAIL;
    }
    boolean failedSince =
        track.lastFail() != null && track.lastPass().latest().isBefore(track.lastFail().latest());
    return failedSince ? FAIL : PASS;
  }

  /// Null while nothing is known.
  @Nullable Boolean up() {
    return switch (this) {
      case PASS -> true;
      case FAIL -> false;
      case NOTHING -> null;
    };
  }
}
