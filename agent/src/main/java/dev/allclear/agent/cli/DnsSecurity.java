package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.probes.dns.Security;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a zone is signed, in a line, and beneath it what is wrong.
final class DnsSecurity {
  private DnsSecurity() {}

  /// None of a zone that is not signed.
  static List<String> lines(Console console, @Nullable Security security) {
    if (security == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    String verdict =
        security.isBroken() ? console.in(Tone.BAD, "broken") : console.in(Tone.GOOD, "good");
    List<String> wrapped = Wrapped.lines(verdict + ": " + security, 8);
    lines.add(console.in(Tone.FAINT, "dnssec") + " " + wrapped.getFirst());
    wrapped.stream().skip(1).forEach(line -> lines.add("  " + line));
    security.faults().forEach(fault -> lines.addAll(DnsTable.bullet(fault)));
    security.advice().forEach(advice -> lines.addAll(DnsTable.bullet(advice)));
    return lines;
  }
}
