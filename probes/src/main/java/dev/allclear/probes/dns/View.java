package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one nameserver says to the clients of a network. It tells nothing of what their own
/// resolvers hold.
public record View(Question question, Subnet subnet, StepRun step) {

  /// Why it may be no view of that network, or of more or less than it, as the rest of a sentence
  /// that begins with the server; empty if it is what it seems, or there is none.
  public String remark() {
    return step.reply() instanceof Reply.Dns dns ? remark(dns.heard().subnet()) : "";
  }

  /// The remarks on all of them as sentences, what is true of several servers once.
  public static List<String> remarks(List<View> views) {
    Map<String, List<String>> servers = new LinkedHashMap<>();
    for (View view : views) {
      String remark = view.remark();
      if (!remark.isEmpty()) {
        servers.computeIfAbsent(remark, _ -> new ArrayList<>()).add(view.step().name());
      }
    }
    return Words.sentences(servers);
  }

  private String remark(Heard.@Nullable ClientSubnet answered) {
    if (answered == null) {
      return "says nothing of client subnets: whether this is a view of %s cannot be told"
          .formatted(subnet);
    }
    if (!answered.network().equals(subnet.toString())) {
      return "answered for %s, not for %s".formatted(answered.network(), subnet);
    }
    if (answered.scope() > subnet.prefix()) {
      return "tells smaller networks apart than %s: its answer holds for a /%d of it"
          .formatted(subnet, answered.scope());
    }
    return answered.scope() == 0 && subnet.prefix() > 0
        ? "says the same to every client (scope 0)"
        : "";
  }
}
