package dev.allclear.probes.dns;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;

/// Which of the authorities that were `found` by themselves can be asked from here at all. Those
/// that cannot prove nothing about the name: this machine may have no IPv6, and many networks let
/// nobody but their resolvers ask on port 53.
record Reach(List<Server> found) {

  /// The steps that count; the servers of the others leave `asked`, with a note why.
  List<StepRun> kept(List<StepRun> steps, List<Server> asked, List<String> notes) {
    List<StepRun> without = drop(steps, asked, notes);
    return without.isEmpty() ? steps : without;
  }

  private List<StepRun> drop(List<StepRun> steps, List<Server> asked, List<String> notes) {
    boolean silent = silent(steps, asked);
    List<StepRun> kept = new ArrayList<>();
    List<Server> lost = new ArrayList<>();
    List<String> why = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      StepRun step = steps.get(i);
      boolean drops = found.contains(asked.get(i)) && (silent || isOutOfReach(asked.get(i), step));
      if (!drops) {
        kept.add(step);
      } else {
        lost.add(asked.get(i));
        if (step.outcome() instanceof Outcome.Failed(Cause _, String detail)) {
          why.add(detail);
        }
      }
    }
    if (!lost.isEmpty() && !kept.isEmpty()) {
      asked.removeAll(lost);
      notes.add(silent ? none(why) : noWay(lost.size()));
    }
    return kept;
  }

  private boolean silent(List<StepRun> steps, List<Server> asked) {
    for (int i = 0; i < steps.size(); i++) {
      if (found.contains(asked.get(i)) && steps.get(i).reply() instanceof Reply.Dns) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOutOfReach(Server server, StepRun step) {
    return server.address().getAddress() instanceof Inet6Address
        && step.outcome() instanceof Outcome.Failed(Cause cause, String detail)
        && cause == Cause.CONNECT
        && detail.contains("unreachable");
  }

  private static String none(List<String> why) {
    return "no authority that the delegation names can be asked from here (%s): all are down, or the"
            .formatted(why.isEmpty() ? "no answer" : why.getFirst())
        + " network lets only its resolvers ask; write --authority to name others";
  }

  private static String noWay(int count) {
    return (count == 1
            ? "1 IPv6 address of the authorities was"
            : count + " IPv6 addresses of the authorities were")
        + " left out: this machine has no way there";
  }
}
