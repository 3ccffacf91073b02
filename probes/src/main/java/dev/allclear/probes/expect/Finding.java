package dev.allclear.probes.expect;

/// What one expectation came to, without secrets: what was expected, what came, and the sentence
/// that says so if it does not hold.
public record Finding(String expected, String actual, String complaint) {

  static Finding holding(String expected, String actual) {
    return new Finding(expected, actual, "");
  }

  /// The complaint counts only if it does not hold.
  static Finding of(boolean holds, String expected, String actual, String complaint) {
    return new Finding(expected, actual, holds ? "" : complaint);
  }

  public boolean holds() {
    return complaint.isEmpty();
  }
}
