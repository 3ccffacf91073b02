package dev.allclear.agent.importer;

import java.time.Duration;
import java.time.Instant;

/// One line of a recording: a request and its answer, when it began and for how long it took, and
/// what the browser wanted it for: a word of its own list of resource types (`document`, `xhr`, …)
/// or of Sec-Fetch-Dest (`document`, `empty`, …).
record Entry(Request request, Answer answer, Instant began, Duration took, String purpose) {

  /// Whether it filled the window, not a frame in it.
  boolean isNavigation() {
    return purpose.equals("document");
  }
}
