package dev.allclear.agent.cli;

import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Reply;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.dns.Server;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Authorities that answer the same question with different values, as those of weighted names and
/// of pools do: there only what is expected tells a change from chance.
final class DnsVariety {
  private static final int LOOKS = 8;

  private DnsVariety() {}

  /// @throws Refusal if one of them does
  static void refuse(Subject subject, Lookup lookup) throws Refusal {
    for (Server authority : subject.authorities()) {
      List<String> first = records(subject, authority, lookup);
      List<String> next = first;
      for (int look = 1; look < LOOKS && next != null && next.equals(first); look++) {
        next = records(subject, authority, lookup);
      }
      if (first != null && next != null && !next.equals(first)) {
        throw new Refusal(
            ExitCode.USAGE,
            "%s answers %s, then %s: a change cannot be told from chance; write what is new with --expect: the addresses, their network, or via:NAME or label:WORD"
                .formatted(authority.name(), shown(first), shown(next)));
      }
    }
  }

  /// Null for no answer.
  private static @Nullable List<String> records(Subject subject, Server authority, Lookup lookup) {
    Reply reply = lookup.ask(subject.question(), List.of(authority)).getFirst().reply();
    return reply instanceof Reply.Dns dns && dns.rcode().equals("NOERROR") ? dns.records() : null;
  }

  private static String shown(List<String> records) {
    return records.isEmpty() ? "with no record" : String.join(" ", records);
  }
}
