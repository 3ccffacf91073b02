package dev.allclear.agent.simulation;

/// Something that was printed is not true.
final class Unsound extends AssertionError {
  private static final long serialVersionUID = 1;

  Unsound(String message) {
    super(message);
  }
}
