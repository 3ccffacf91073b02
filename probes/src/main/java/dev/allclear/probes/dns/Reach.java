package dev.allclear.probes.dns;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;

/// Which of the authorities that were `found` by themselves can be asked from here at all. Those at
/// IPv6 addresses prove nothing about the name where this machine has no IPv6.
record Reach(List<Server> found) {

  /// The steps that count; the servers of the others leave `asked`, with a note why.
  List<StepRun> kept(List<StepRun> steps, List<Server> asked, List<String> notes) {
    List<StepRun> kept = new ArrayList<>();
    List<Server> lost = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (found.contains(asked.get(i)) && isOutOfReach(asked.get(i), steps.get(i))) {
        lost.add(asked.get(i));
      } else {
        kept.add(steps.get(i));
      }
    }
    if (lost.isEmpty() || kept.isEmpty()) {
      return steps;
    }
    asked.removeAll(lost);
    notes.add(noWay(lost.size()));
    return kept;
  }

  private static boolean isOutOfReach(Server server, StepRun step) {
    return server.address().getAddress() instanceof Inet6Address
        && step.outcome() instanceof Outcome.Failed(Cause cause, String detail)
        && cause == Cause.CONNECT
        && detail.contains("unreachable");
  }

  private static String noWay(int count) {
    return (count == 1
            ? "1 IPv6 address of the authorities was"
            : count + " IPv6 addresses of the authorities were")
        + " left out: this machine has no way there";
  }
}
