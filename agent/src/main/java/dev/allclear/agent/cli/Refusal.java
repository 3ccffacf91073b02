package dev.allclear.agent.cli;

/// Ends a command with a message for the operator and no stack trace.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  Refusal(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// With the message of what was wrong.
  Refusal(int exitCode, Exception cause) {
    this(exitCode, String.valueOf(cause.getMessage()));
  }

  int exitCode() {
    return exitCode;
  }
}
