package dev.allclear.agent.ledger;

/// A ledger that cannot be opened; the message tells an operator why and what to do.
public final class LedgerException extends Exception {
  LedgerException(String message) {
    super(message);
  }

  LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
