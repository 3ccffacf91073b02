package dev.allclear.probes;

/// What one run of a probe, or one step of it, established about the target.
public sealed interface Outcome {

  record Passed() implements Outcome {}

  /// Passed, but slower than its objective; `detail` as in {@link Failed}.
  record Slow(String detail) implements Outcome {}

  /// `detail` says for people what was expected and what came; it never holds a secret.
  record Failed(Cause cause, String detail) implements Outcome {
    public Failed {
      if (cause == Cause.LOCAL) {
        throw new IllegalArgumentException("a local cause proves nothing: use Inconclusive");
      }
    }
  }

  /// The agent cannot blame the target; moves no state and widens bounds.
  record Inconclusive(String reason) implements Outcome {}

  static Outcome pass() {
    return new Passed();
  }

  static Outcome slow(String detail) {
    return new Slow(detail);
  }

  static Outcome fail(Cause cause, String detail) {
    return new Failed(cause, detail);
  }

  static Outcome inconclusive(String reason) {
    return new Inconclusive(reason);
  }

  /// What this and a later part come to together: the first that is no pass, else slow if one is.
  default Outcome then(Outcome later) {
    return switch (this) {
      case Passed() -> later;
      case Slow(String detail) ->
          switch (later) {
            case Passed() -> this;
            case Slow(String more) -> slow(detail + "; " + more);
            case Failed _, Inconclusive _ -> later;
          };
      case Failed _, Inconclusive _ -> this;
    };
  }

  default boolean isPass() {
    return this instanceof Passed || this instanceof Slow;
  }

  default boolean isFail() {
    return this instanceof Failed;
  }
}
