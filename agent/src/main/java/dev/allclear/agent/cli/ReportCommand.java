package dev.allclear.agent.cli;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.recovery.SuccessRate;
import dev.allclear.agent.report.Review;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.Durations;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `allclear report`.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Tells how the recoveries of each service went against its objective: how many met it, and"
          + " what share of recoveries that makes plausible (Wilson interval, 95 %).",
      "Game days, maintenance and flapping are counted apart, open outages not at all. With --json"
          + " one service a line."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear report",
      "  allclear report --since 30d --service shop --ledger /var/lib/allclear"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ReportCommand implements Callable<Integer> {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Lengths.class,
      defaultValue = "90d",
      description = "Outages that began within this time. Default: ${DEFAULT-VALUE}.")
  private Duration since = Duration.ZERO;

  @Option(names = "--service", paramLabel = "NAME", description = "Only this service.")
  private @Nullable String service;

  @Mixin private LedgerFolder folder = new LedgerFolder();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws BadConfig, LedgerException {
    Console console = output.console();
    try (LedgerFolder.Opened opened = folder.open()) {
      Moment now = new SystemClock(opened.ledger().session()).now();
      History history = History.of(opened.ledger().changes());
      List<Incident> incidents =
          history.incidents().stream()
              .filter(each -> service == null || each.cell().service().equals(service))
              .toList();
      List<Review> reviews =
          Review.of(
              incidents,
              now.wall().minus(since),
              now,
              each -> opened.story(history, each, Failed.NOTHING, now).phases());
      for (Review review : reviews) {
        if (output.json()) {
          console.say(json(review).toString());
        } else {
          text(console, review, now);
        }
      }
      if (reviews.isEmpty()) {
        console.note("no incidents");
      }
    }
    return ExitCode.GOOD;
  }

  private void text(Console console, Review review, Moment now) {
    SuccessRate rate = review.rate();
    console.say(
        "%s: %d recoveries in %s, objective met %d, missed %d, inconclusive %d"
            .formatted(
                review.service(),
                rate.n(),
                Durations.print(since),
                rate.met(),
                rate.missed(),
                rate.inconclusive()));
    console.say("  success rate  " + share(rate));
    console.say("  downtime      " + Figures.span(review.downtime()) + " in all");
    if (review.detection() != null) {
      console.say("  detection     " + range(review.detection()));
      console.say("  slowest phase " + slowest(review));
    }
    if (!review.apart().isEmpty()) {
      console.say("  apart         " + apart(review.apart()));
    }
    if (review.open() > 0) {
      console.say("  open          " + review.open());
    }
    IncidentText text = new IncidentText(console);
    review.outages().forEach(each -> console.say("  " + text.line(each, now)));
  }

  private static String range(Span span) {
    return "between %s and %s".formatted(Figures.length(span.min()), Figures.length(span.max()));
  }

  private static String slowest(Review review) {
    int told = review.slowest().values().stream().mapToInt(Integer::intValue).sum();
    Stream<String> known =
        review.slowest().entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(each -> each.getKey() + " in " + each.getValue());
    int open = review.rate().n() - told;
    return Stream.concat(known, open == 0 ? Stream.of() : Stream.of("cannot be told in " + open))
        .collect(Collectors.joining(", "));
  }

  private static String share(SuccessRate rate) {
    return rate.n() == 0
        ? "unknown, nothing was closed"
        : "%.0f to %.0f %% (95 %% confidence, n = %d)"
            .formatted(Math.floor(100 * rate.lowest()), Math.ceil(100 * rate.highest()), rate.n());
  }

  private static String apart(Map<Kind, Integer> apart) {
    return apart.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .map(each -> each.getValue() + " " + each.getKey().label())
        .collect(Collectors.joining(", "));
  }

  private static JsonObject counts(Map<String, Integer> counts) {
    JsonObject json = new JsonObject();
    new TreeMap<>(counts).forEach(json::put);
    return json;
  }

  private static JsonObject json(Review review) {
    SuccessRate rate = review.rate();
    JsonObject apart = new JsonObject();
    review.apart().forEach((kind, count) -> apart.put(kind.label(), count));
    return new JsonObject()
        .put("service", review.service())
        .put("recoveries", rate.n())
        .put("met", rate.met())
        .put("missed", rate.missed())
        .put("inconclusive", rate.inconclusive())
        .put(
            "successRate",
            new JsonObject().put("lowest", rate.lowest()).put("highest", rate.highest()))
        .put("detection", IncidentJson.span(review.detection()))
        .put("slowest", counts(review.slowest()))
        .put("apart", apart)
        .put("open", review.open())
        .put("incidents", review.outages().stream().map(Incident::id).toList());
  }
}
