package dev.allclear.agent.recovery;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// In how many of its target regions a service has to be down to be down as a whole.
public enum DownWhen {
  ANY,
  ALL,
  /// In more than half of them.
  QUORUM;

  /// Of so many regions.
  public int regions(int of) {
    return switch (this) {
      case ANY -> 1;
      case ALL -> of;
      case QUORUM -> of / 2 + 1;
    };
  }

  /// As in config and JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> labels() {
    return Stream.of(values()).map(DownWhen::label).toList();
  }
}
