package dev.allclear.agent.cli;

import dev.allclear.agent.outage.Verdict;
import java.util.Collection;

/// The exit codes, the same for every command.
final class ExitCode {
  static final int GOOD = 0;
  static final int BAD_VERDICT = 1;
  static final int USAGE = 2;
  static final int REFUSED = 3;
  static final int INCONCLUSIVE = 5;
  static final int OWN_FAILURE = 7;

  private ExitCode() {}

  /// The worst of the verdicts.
  static int of(Collection<Verdict> verdicts) {
    if (verdicts.contains(Verdict.MISSED)) {
      return BAD_VERDICT;
    }
    return verdicts.contains(Verdict.INCONCLUSIVE) || verdicts.contains(Verdict.OPEN)
        ? INCONCLUSIVE
        : GOOD;
  }
}
