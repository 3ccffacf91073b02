package dev.allclear.agent.propagation;

import dev.allclear.probes.Heard;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One question to one server and what became of it, before anybody knows what is new. `past` is
/// one from before the present value: whatever it gave, it was not what is new now.
record Look(StepRun step, boolean past) {

  Look(StepRun step) {
    this(step, false);
  }

  /// Null if nothing was told of the name: no answer, a failure, or a referral.
  @Nullable List<String> records() {
    if (!(step.reply() instanceof Reply.Dns dns) || dns.heard().referral() != null) {
      return null;
    }
    return switch (dns.rcode()) {
      case "NOERROR" -> dns.records();
      case "NXDOMAIN" -> List.of();
      default -> null;
    };
  }

  /// The link that changed between two answers, as `www.shop.example CNAME`: the first of the chain
  /// that differs. Null if one of them has none.
  static @Nullable String changed(Look old, Look fresh) {
    List<Heard.Line> before = old.lines();
    for (Heard.Line line : before) {
      if (fresh.lines().stream().noneMatch(other -> same(line, other))) {
        return link(line);
      }
    }
    return fresh.lines().stream()
        .filter(line -> before.stream().noneMatch(other -> same(line, other)))
        .findFirst()
        .map(Look::link)
        .orElse(null);
  }

  private static boolean same(Heard.Line a, Heard.Line b) {
    return link(a).equals(link(b)) && a.data().equals(b.data());
  }

  private static String link(Heard.Line line) {
    return line.owner() + " " + line.type();
  }

  List<Heard.Line> lines() {
    return step.reply() instanceof Reply.Dns dns ? dns.heard().lines() : List.of();
  }

  /// The end of a chain of links without a record; null if there is none.
  @Nullable String loose() {
    List<String> records = records();
    return records == null || !records.isEmpty()
        ? null
        : lines().stream()
            .filter(Heard.Line::isLink)
            .reduce((_, next) -> next)
            .map(line -> line.data().replaceFirst("\\.$", ""))
            .orElse(null);
  }

  /// Who says that there is no such record; null if there is, or nobody does.
  Heard.@Nullable Negative denial() {
    return step.reply() instanceof Reply.Dns dns ? dns.heard().negative() : null;
  }

  /// In seconds: that of the link, or the smallest where the answer has no such link.
  int ttl(@Nullable String link) {
    if (!(step.reply() instanceof Reply.Dns dns)) {
      return 0;
    }
    Heard.Negative negative = dns.heard().negative();
    Duration ttl =
        lines().stream()
            .filter(line -> link(line).equals(link))
            .map(Heard.Line::ttl)
            .findFirst()
            .orElse(dns.records().isEmpty() && negative != null ? negative.ttl() : dns.ttl());
    return (int) Math.min(ttl.toSeconds(), Integer.MAX_VALUE);
  }

  /// What it says of a change to this value, at this link.
  Sighting sighting(Wanted wanted, @Nullable String link) {
    List<String> records = records();
    if (!(step.reply() instanceof Reply.Dns dns)) {
      return Sighting.without(step.begin(), step.end(), Said.SILENT);
    }
    if (records == null) {
      return Sighting.without(step.begin(), step.end(), Said.FAILED);
    }
    Heard heard = dns.heard();
    Set<Integer> errors =
        heard.errors().stream().map(Heard.Extended::code).collect(Collectors.toSet());
    return new Sighting(
        step.begin(),
        step.end(),
        !past && wanted.accepts(records) ? Said.NEW : Said.OLD,
        ttl(link),
        heard.has("aa"),
        errors,
        heard.nsid().isEmpty() ? null : heard.nsid());
  }
}
