package dev.allclear.agent.cli;

import dev.allclear.probes.dns.Survey;
import dev.allclear.probes.dns.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that one look at a name tells: what everybody answers, what they say to clients of other
/// networks, and whether that meets an objective, null if none was given or nothing can be judged.
record DnsReport(Survey survey, List<View> views, @Nullable DnsObjective objective) {
  DnsReport {
    views = List.copyOf(views);
  }
}
