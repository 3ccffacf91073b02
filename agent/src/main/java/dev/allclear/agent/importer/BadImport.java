package dev.allclear.agent.importer;

/// What was given is no recording or no curl command; the message says why, or what is missing.
public final class BadImport extends Exception {
  private static final long serialVersionUID = 1L;

  BadImport(String message) {
    super(message);
  }

  BadImport(String message, Exception cause) {
    super(message, cause);
  }
}
