package dev.allclear.agent.cli;

import dev.allclear.probes.Heard;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Survey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The links of a name with their TTLs, as one look at it shows them: those that authorities, or
/// else anybody, publish, and those that caches hold.
record DnsLinks(Survey survey, Map<String, Duration> published) {

  static DnsLinks of(Survey survey) {
    Map<String, Duration> known = links(survey, true);
    Map<String, Duration> all = known.isEmpty() ? links(survey, false) : known;
    Duration denied = all.isEmpty() ? denied(survey) : null;
    return denied == null
        ? new DnsLinks(survey, all)
        : new DnsLinks(
            survey,
            Map.of("the denial of " + survey.answers().getFirst().question().name(), denied));
  }

  /// The longest TTL of each.
  private static Map<String, Duration> links(Survey survey, boolean authorities) {
    Map<String, Duration> links = new LinkedHashMap<>();
    for (StepRun step : survey.steps()) {
      if (step.reply() instanceof Reply.Dns dns && (dns.authority() || !authorities)) {
        for (Heard.Line line : dns.heard().lines()) {
          links.merge(name(line), line.ttl(), DnsLinks::longer);
        }
      }
    }
    return links;
  }

  private static String name(Heard.Line line) {
    return line.owner() + " " + line.type();
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static @Nullable Duration denied(Survey survey) {
    List<Duration> known = denials(survey, true);
    return (known.isEmpty() ? denials(survey, false) : known)
        .stream().max(Comparator.naturalOrder()).orElse(null);
  }

  private static List<Duration> denials(Survey survey, boolean authorities) {
    List<Duration> denials = new ArrayList<>();
    for (StepRun step : survey.steps()) {
      if (step.reply() instanceof Reply.Dns dns
          && (dns.authority() || !authorities)
          && dns.heard().negative() != null) {
        denials.add(dns.heard().negative().ttl());
      }
    }
    return denials;
  }

  boolean isEmpty() {
    return published.isEmpty();
  }

  /// The longest TTL that each resolver shows, in seconds, where that is more than is published.
  Map<String, Integer> shown() {
    Map<String, Integer> shown = new HashMap<>();
    for (StepRun step : survey.steps()) {
      if (step.reply() instanceof Reply.Dns dns && !dns.authority()) {
        for (Heard.Line line : dns.heard().lines()) {
          shown.merge("the entry at " + dns.server(), (int) line.ttl().toSeconds(), Math::max);
        }
      }
    }
    Duration most = published.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    shown.values().removeIf(ttl -> ttl <= most.toSeconds());
    return shown;
  }

  /// When no entry that was seen outlives what is published, if one does now.
  @Nullable Moment ready() {
    Moment ready = null;
    for (StepRun step : survey.steps()) {
      if (step.reply() instanceof Reply.Dns dns && !dns.authority()) {
        for (Heard.Line line : dns.heard().lines()) {
          Duration longer = line.ttl().minus(published.getOrDefault(name(line), line.ttl()));
          if (longer.isPositive()) {
            Moment over = step.end().plus(longer);
            ready = ready == null ? over : Moment.later(ready, over);
          }
        }
      }
    }
    return ready;
  }

  /// For how long caches may deny a name of the zone, as the SOA says (RFC 2308, 5); null if it was
  /// not seen.
  @Nullable Duration negative() {
    return survey.zones().stream()
        .filter(step -> step.reply() instanceof Reply.Dns)
        .flatMap(step -> negatives(((Reply.Dns) step.reply()).heard()))
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /// The SOA is the answer, or stands beside it where it is asked for below its name.
  private static Stream<Duration> negatives(Heard heard) {
    return heard.negative() == null
        ? heard.lines().stream().filter(line -> line.type().equals("SOA")).map(DnsLinks::negative)
        : Stream.of(heard.negative().ttl());
  }

  private static Duration negative(Heard.Line soa) {
    String minimum = soa.data().substring(soa.data().lastIndexOf(' ') + 1);
    Duration least = Duration.ofSeconds(Long.parseLong(minimum));
    return least.compareTo(soa.ttl()) < 0 ? least : soa.ttl();
  }
}
