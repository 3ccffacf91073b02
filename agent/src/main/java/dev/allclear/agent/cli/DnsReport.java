package dev.allclear.agent.cli;

import dev.allclear.probes.Outcome;
import dev.allclear.probes.dns.Security;
import dev.allclear.probes.dns.Survey;
import dev.allclear.probes.dns.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that one look at a name tells: what everybody answers, what they say to clients of other
/// networks, how the zone is signed if it is, and whether that meets an objective, null if none was
/// given or nothing can be judged.
record DnsReport(
    Survey survey,
    List<View> views,
    @Nullable Security security,
    @Nullable DnsObjective objective) {
  DnsReport {
    views = List.copyOf(views);
  }

  /// What is asked for is there, everybody who validates can have it, and in time.
  int code() {
    boolean good =
        (security == null || !security.isBroken()) && (objective == null || objective.isFeasible());
    return switch (survey.outcome()) {
      case Outcome.Passed _, Outcome.Slow _ -> good ? ExitCode.GOOD : ExitCode.BAD_VERDICT;
      case Outcome.Failed _ -> ExitCode.BAD_VERDICT;
      case Outcome.Inconclusive _ -> ExitCode.INCONCLUSIVE;
    };
  }
}
