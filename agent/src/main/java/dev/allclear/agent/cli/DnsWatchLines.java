package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.agent.propagation.VerdictText;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Parts;
import dev.allclear.probes.propagation.Recovery;
import dev.allclear.probes.propagation.Share;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `dns --watch` tells people.
final class DnsWatchLines {
  private final Console console;

  DnsWatchLines(Console console) {
    this.console = console;
  }

  String head(Subject subject, Duration timeout) {
    return "%s: waiting up to %s for %s; %s, %s; Ctrl-C ends"
        .formatted(
            console.in(Tone.STRONG, subject.name()),
            Figures.written(timeout),
            subject.wanted() == null ? "a change" : "what is expected",
            count(subject.authorities().size(), "authority", "authorities"),
            count(subject.resolvers().size(), "resolver", "resolvers"));
  }

  private static String count(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  List<String> of(News news) {
    return switch (news) {
      case News.Known known ->
          List.of(
              "now          %s (ttl %d s at the authorities)"
                  .formatted(records(known.records()), known.ttl()));
      case News.Deniable(String zone, int seconds) ->
          List.of(
              console.in(Tone.DOUBTFUL, "signed       ")
                  + zone
                  + " is signed: resolvers that validate may deny the name unasked, until "
                  + seconds
                  + " s after it is made");
      case News.Changed changed ->
          List.of(at("T0", changed.at()) + "  now " + records(changed.to()));
      case News.Claimed(Moment at) -> List.of(at("claimed", Bounds.at(at)));
      case News.Published published ->
          List.of(at("authority", published.at()) + "  " + published.authority() + " is new");
      case News.Foretold(Eta eta) -> List.of(foretold(eta));
      case News.Flipped flipped -> List.of(flipped(flipped));
      case News.Reverted reverted ->
          List.of(
              console.in(Tone.BAD, "reverted     ")
                  + place(reverted.resolver(), reverted.cache())
                  + " gives the old value again");
      case News.Converged converged -> List.of(at("converged", converged.at()));
      case News.Unreachable unreachable ->
          List.of(at("unreachable", unreachable.at()) + "  no authority answers");
      case News.Reachable reachable ->
          List.of(at("reachable", reachable.at()) + "  authorities answer again");
      case News.Lagging lagging ->
          List.of(
              console.in(Tone.BAD, "lagging      ")
                  + lagging.resolver()
                  + " fails or gives ended values, though the authorities answer again");
      case News.Recovered(String resolver, Recovery recovery) ->
          List.of("recovered    " + resolver + ", " + span(recovery.lag()) + " after them");
    };
  }

  String goneBack() {
    return "             that was the value before: if answers vary, --expect tells which are new";
  }

  private String at(String what, Bounds at) {
    return console.in(Tone.STRONG, "%-12s".formatted(what)) + " " + Figures.bounds(at);
  }

  private String flipped(News.Flipped flipped) {
    Bounds at = flipped.flip().bounds();
    String place = place(flipped.resolver(), flipped.cache());
    return at == null ? place : at("flipped", at) + "  " + place;
  }

  private static String place(String resolver, String cache) {
    return cache.isEmpty() ? resolver : resolver + " (cache " + cache + ")";
  }

  private static String records(List<String> records) {
    return records.isEmpty() ? "(no record)" : String.join(" ", records);
  }

  private String foretold(Eta eta) {
    Bounds last = eta.last();
    Eta.Expected limit = eta.limit();
    if (last == null || limit == null) {
      return "no cache tells when it will flip";
    }
    double half = last.width().toMillis() / 2000.0;
    return console.in(Tone.STRONG, "ETA         ")
        + String.format(
            Locale.ROOT,
            " last monitored cache flips %s ±%.1f s, limited by %s, link %s%s%s",
            Figures.clock(last.likely()),
            half,
            limit.resolver(),
            limit.link(),
            eta.firm() ? "" : "; not firm until every authority is new",
            eta.unknown().isEmpty()
                ? ""
                : "; nothing is known of " + String.join(", ", eta.unknown()));
  }

  /// On one line of 80 columns, since it is redrawn in its place.
  String countdown(@Nullable Spread spread, @Nullable Moment eta, Moment now) {
    if (spread == null) {
      return "waiting for the change";
    }
    String left =
        eta == null
            ? "no ETA yet"
            : now.isBefore(eta)
                ? "last flip in " + seconds(now.until(eta).plusMillis(999)) + " at most"
                : "past the ETA by " + seconds(eta.until(now));
    return left + "; caches: " + share(spread.caches(now));
  }

  private static String seconds(Duration length) {
    return Figures.length(Duration.ofSeconds(length.toSeconds()));
  }

  private static String share(Share share) {
    return String.format(
        Locale.ROOT,
        "%.0f %% certain, %.0f %% possible of %d",
        share.certainPercent(),
        share.possiblePercent(),
        share.all());
  }

  /// `known` says that an authority answered; without `timeout` somebody interrupted.
  String nothing(boolean known, @Nullable Duration timeout) {
    String end = timeout == null ? "interrupted: " : known ? "no change: " : "not known: ";
    return console.in(Tone.DOUBTFUL, end)
        + (known
            ? "the authorities gave the old value all the time"
            : "no authority gave an answer")
        + (timeout == null ? "" : " for " + Figures.length(timeout));
  }

  /// `ordered` is when somebody says that the change was ordered; null if nobody does.
  List<String> summary(Spread spread, @Nullable Moment ordered, Moment now, boolean converged) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        converged
            ? console.in(Tone.GOOD, "converged") + ": every cache has the new value"
            : console.in(Tone.BAD, "not converged") + ": " + String.join(", ", open(spread)));
    Parts parts = ordered == null ? spread.parts() : spread.parts(ordered);
    lines.add(
        "  API                                "
            + (ordered == null
                ? "not known: say --changed-at when it was ordered"
                : span(parts.api())));
    lines.add("  name servers, first to last        " + span(parts.sync()));
    lines.add("  caches, last server to last cache  " + span(parts.tail()));
    lines.add("  whole                              " + span(parts.whole()));
    lines.add("  caches flipped     " + share(spread.caches(now)));
    lines.add("  resolvers flipped  " + share(spread.resolvers(now)));
    Share users = spread.users(now);
    lines.add("  users reached      " + (users == null ? "unweighted" : share(users)));
    for (Endpoint endpoint : spread.endpoints()) {
      for (Verdict verdict : spread.verdicts(endpoint)) {
        lines.add("  " + endpoint.resolver() + " " + VerdictText.sentence(verdict));
      }
    }
    return lines;
  }

  private static List<String> open(Spread spread) {
    List<String> open = new ArrayList<>();
    spread
        .authorities()
        .servers()
        .forEach((name, cache) -> {
          if (!cache.turned().happened()) {
            open.add("authority " + name + " is not new");
          }
        });
    for (Endpoint endpoint : spread.endpoints()) {
      if (endpoint.flips(spread.event()).values().stream().anyMatch(flip -> !flip.happened())) {
        open.add(VerdictText.standing(endpoint));
      }
    }
    return open;
  }

  private static String span(@Nullable Span span) {
    return span == null ? "not known" : Figures.span(span);
  }
}
