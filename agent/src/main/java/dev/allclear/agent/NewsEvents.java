package dev.allclear.agent;

import dev.allclear.agent.outage.Event;
import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.VerdictText;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Recovery;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came to light about a name, as events that are kept.
record NewsEvents(String name, Moment at) {

  /// `spread` is the change that the news are about, null if they are of none.
  List<Event> of(News news, @Nullable Spread spread) {
    return switch (news) {
      // A claim is written down before the tracker hears of it.
      case News.Known _, News.Deniable _, News.Claimed _ -> List.of();
      case News.Changed changed ->
          List.of(new Event.DnsChanged(at, name, changed.at(), changed.from(), changed.to()));
      case News.Published published ->
          List.of(new Event.DnsPublished(at, name, published.authority(), published.at()));
      case News.Foretold(Eta eta) -> foretold(eta);
      case News.Flipped flipped -> flipped(flipped);
      case News.Reverted reverted ->
          List.of(new Event.DnsReverted(at, name, reverted.resolver(), reverted.cache()));
      case News.Converged converged -> converged(converged.at(), spread);
      case News.Unreachable unreachable ->
          List.of(new Event.DnsUnreachable(at, name, unreachable.at()));
      case News.Reachable reachable -> List.of(new Event.DnsReachable(at, name, reachable.at()));
      case News.Lagging lagging -> List.of(new Event.DnsLagging(at, name, lagging.resolver()));
      case News.Recovered(String resolver, Recovery recovery) -> recovered(resolver, recovery);
    };
  }

  private List<Event> foretold(Eta eta) {
    Bounds last = eta.last();
    Eta.Expected limit = eta.limit();
    return last == null || limit == null
        ? List.of()
        : List.of(
            new Event.DnsForetold(
                at, name, last, limit.resolver(), limit.link(), eta.firm(), eta.unknown()));
  }

  private List<Event> flipped(News.Flipped flipped) {
    Bounds flip = flipped.flip().bounds();
    return flip == null
        ? List.of()
        : List.of(new Event.DnsFlipped(at, name, flipped.resolver(), flipped.cache(), flip));
  }

  /// With what the change has proven of each resolver.
  private List<Event> converged(Bounds last, @Nullable Spread spread) {
    List<Event> events = new ArrayList<>();
    if (spread != null) {
      spread
          .endpoints()
          .forEach(endpoint ->
              spread.verdicts(endpoint).stream()
                  .filter(verdict -> !(verdict instanceof Verdict.Unknown))
                  .forEach(verdict -> events.add(judged(endpoint.resolver(), verdict))));
    }
    events.add(new Event.DnsConverged(at, name, last));
    return events;
  }

  private Event judged(String resolver, Verdict verdict) {
    return new Event.DnsVerdict(
        at, name, resolver, VerdictText.word(verdict), VerdictText.says(verdict));
  }

  private List<Event> recovered(String resolver, Recovery recovery) {
    Bounds well = recovery.at();
    return well == null ? List.of() : List.of(new Event.DnsRecovered(at, name, resolver, well));
  }
}
