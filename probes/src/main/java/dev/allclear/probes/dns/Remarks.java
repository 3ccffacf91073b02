package dev.allclear.probes.dns;

import dev.allclear.probes.Figures;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What one answer amounts to beside the others. The sentences lack their subject, the server.
record Remarks(Survey.Answers answers, StepRun step, Reply.Dns dns, Survey survey) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  List<String> sentences() {
    List<String> said = new ArrayList<>();
    switch (dns.rcode()) {
      case "NOERROR" -> data(said);
      case "NXDOMAIN" ->
          said.add(
              "says that %s does not exist (NXDOMAIN)%s"
                  .formatted(answers.question().name(), remembered()));
      case "SERVFAIL" -> said.add(servfail());
      case "REFUSED" -> said.add(refused());
      default ->
          said.add("answered %s for %s%s".formatted(dns.rcode(), answers.question(), reason()));
    }
    flags(said);
    return said;
  }

  private void data(List<String> said) {
    if (dns.records().isEmpty()) {
      said.add(
          "has no %s record for %s%s"
              .formatted(answers.question().type(), answers.question().name(), remembered()));
    } else if (isOld()) {
      said.add(
          "still says %s, for at most %s, until %s"
              .formatted(
                  Words.records(dns.records()),
                  Figures.written(longest(dns).plus(SECOND)),
                  until(longest(dns))));
    }
    if (dns.heard().isStale()) {
      said.add("gives an answer that is past its TTL%s".formatted(reason()));
    }
    raised(said);
  }

  /// A cache counts whole seconds, so that it may keep an entry for one more (fact 1).
  private String until(Duration ttl) {
    return Figures.clock(step.end().plus(ttl).plus(SECOND));
  }

  private boolean isOld() {
    return !dns.authority()
        && authoritative().stream().noneMatch(known -> known.records().equals(dns.records()))
        && !authoritative().isEmpty();
  }

  private List<Reply.Dns> authoritative() {
    return answers.steps().stream()
        .map(StepRun::reply)
        .filter(reply -> reply instanceof Reply.Dns known && known.authority())
        .map(reply -> (Reply.Dns) reply)
        .filter(known -> known.rcode().equals("NOERROR"))
        .toList();
  }

  private void raised(List<String> said) {
    Duration most =
        authoritative().stream()
            .map(Reply.Dns::ttl)
            .max(Comparator.naturalOrder())
            .orElse(dns.ttl());
    if (!dns.authority() && dns.ttl().compareTo(most) > 0) {
      said.add(
          "shows a TTL of %s, more than the %s of the authorities: it raises TTLs, or they"
                  .formatted(Figures.written(dns.ttl()), Figures.written(most))
              + " were lowered a short time ago");
    }
  }

  private String remembered() {
    Heard.Negative negative = dns.heard().negative();
    if (negative == null) {
      return reason();
    }
    String limit = Figures.written(negative.ttl());
    return dns.authority()
        ? ", which caches may remember for " + limit + reason()
        : ", and may go on to for at most %s, until %s%s"
            .formatted(
                Figures.written(negative.ttl().plus(SECOND)), until(negative.ttl()), reason());
  }

  private String servfail() {
    StepRun other = survey.unchecked().get(step.name() + " " + answers.question().type());
    if (other != null
        && other.reply() instanceof Reply.Dns free
        && free.rcode().equals("NOERROR")) {
      return "answers SERVFAIL because DNSSEC validation fails there; unchecked it says %s%s"
          .formatted(Words.records(free.records()), reason());
    }
    String who =
        dns.authority() ? "it cannot serve the zone" : "no authority answers it as it should";
    return "cannot resolve %s (SERVFAIL): %s%s".formatted(answers.question(), who, reason());
  }

  private String refused() {
    String why =
        dns.authority()
            ? "it is no authority for the name, or not for everybody"
            : "it serves other clients, or other names";
    return "refuses to answer %s (REFUSED): %s%s".formatted(answers.question(), why, reason());
  }

  private String reason() {
    return dns.heard().errors().isEmpty()
        ? ""
        : dns.heard().errors().stream()
            .map(Heard.Extended::toString)
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private void flags(List<String> said) {
    boolean claims = dns.heard().has("aa");
    boolean sound = dns.rcode().equals("NOERROR") || dns.rcode().equals("NXDOMAIN");
    if (dns.authority() && !claims && sound && isKnown()) {
      said.add("was asked as an authority, but does not answer as one (no AA)");
    }
    boolean known = survey.steps().stream().anyMatch(Remarks::isAuthority);
    if (!dns.authority() && claims && known) {
      said.add(
          "was asked as a resolver, but answers as an authority (AA): it passes on the"
              + " answers of another, or something on the way answers in its place");
    }
    if (dns.heard().carriage().plain()) {
      said.add(
          "answers only questions without EDNS: through it DNSSEC fails, and reasons are not told");
    }
    if (!dns.heard().carriage().caseKept()) {
      said.add("does not repeat the question letter by letter (0x20)");
    }
  }

  private boolean isKnown() {
    return !dns.heard().question().isEmpty();
  }

  /// The longest TTL in its chain: any of its links may be the one that changed.
  static Duration longest(Reply.Dns dns) {
    return dns.heard().lines().stream()
        .map(Heard.Line::ttl)
        .max(Comparator.naturalOrder())
        .orElse(dns.ttl());
  }

  private static boolean isAuthority(StepRun step) {
    return step.reply() instanceof Reply.Dns dns && dns.authority();
  }
}
