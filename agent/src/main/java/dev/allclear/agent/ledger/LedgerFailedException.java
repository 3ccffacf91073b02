package dev.allclear.agent.ledger;

/// An open ledger that can no longer be written or read: who meets it must stop, since to go on
/// would lose events. The message tells an operator why and what to do.
public final class LedgerFailedException extends RuntimeException {
  LedgerFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
