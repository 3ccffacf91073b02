package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;

/// A probe's fail and what followed it: `fails` among `runs` since then.
record Doubt(Bounds onset, Cause cause, String detail, int fails, int runs) {

  static Doubt first(Bounds onset, Cause cause, String detail) {
    return new Doubt(onset, cause, detail, 1, 1);
  }

  Doubt failedAgain() {
    return new Doubt(onset, cause, detail, fails + 1, runs + 1);
  }

  Doubt passed() {
    return new Doubt(onset, cause, detail, fails, runs + 1);
  }

  boolean confirmed(Policy policy) {
    return fails >= policy.confirm();
  }

  /// Too many passes for `confirm` fails of `of` runs to be reached.
  boolean refuted(Policy policy) {
    return runs - fails > policy.of() - policy.confirm();
  }
}
