package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One change of one name in an outage, on its way to every cache: a fold of its events. `claimed`
/// and `changed` are T0 as it was said and as it was seen; `published` are the authorities that
/// give the new answer, `flips` the caches; `lagging` are resolvers that did not come out of an
/// outage of the authorities.
public record DnsTail(
    String name,
    @Nullable Moment claimed,
    Event.@Nullable DnsChanged changed,
    Map<String, Bounds> published,
    Event.@Nullable DnsForetold foretold,
    List<Event.DnsFlipped> flips,
    @Nullable Bounds converged,
    List<Event.DnsVerdict> verdicts,
    List<String> lagging,
    List<Event.DnsRecovered> recovered) {

  /// So long a claimed change is waited for.
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  public DnsTail {
    published = Map.copyOf(published);
    flips = List.copyOf(flips);
    verdicts = List.copyOf(verdicts);
    lagging = List.copyOf(lagging);
    recovered = List.copyOf(recovered);
  }

  private static DnsTail of(String name, @Nullable Moment claimed) {
    return new DnsTail(
        name, claimed, null, Map.of(), null, List.of(), null, List.of(), List.of(), List.of());
  }

  /// A new one begins with each change; of a name that is well nothing is kept.
  static List<DnsTail> after(List<DnsTail> tails, Event.Dns event) {
    List<DnsTail> next = new ArrayList<>(tails);
    int last = -1;
    for (int i = 0; i < tails.size(); i++) {
      last = tails.get(i).name.equals(event.name()) ? i : last;
    }
    if (last < 0 || tails.get(last).isOverWith(event)) {
      if (begins(event)) {
        next.add(of(event.name(), null).after(event));
      }
      return next;
    }
    next.set(last, tails.get(last).after(event));
    return next;
  }

  private static boolean begins(Event.Dns event) {
    return event instanceof Event.DnsChanged
        || event instanceof Event.DnsClaimed
        || event instanceof Event.DnsLagging;
  }

  private boolean isOverWith(Event.Dns event) {
    return switch (event) {
      case Event.DnsClaimed e ->
          changed != null && changed.changed().latest().isBefore(e.claimed());
      case Event.DnsChanged _ -> changed != null;
      case Event.Dns _ -> false;
    };
  }

  public boolean isOpen() {
    return converged == null && (changed != null || claimed != null);
  }

  private DnsTail after(Event.Dns event) {
    return switch (event) {
      case Event.DnsClaimed e -> claiming(e.claimed());
      case Event.DnsChanged e ->
          new DnsTail(
              name, claimed, e, published, foretold, flips, null, verdicts, lagging, recovered);
      case Event.DnsPublished e -> publishing(e);
      case Event.DnsForetold e -> telling(e, flips, converged, verdicts);
      case Event.DnsFlipped e -> telling(foretold, with(without(e.server(), e.cache()), e));
      case Event.DnsReverted e -> telling(foretold, without(e.server(), e.cache()));
      case Event.DnsConverged e -> telling(foretold, flips, e.converged(), verdicts);
      case Event.DnsVerdict e -> telling(foretold, flips, converged, with(verdicts, e));
      case Event.DnsLagging e -> coming(with(lagging, e.server()), recovered);
      case Event.DnsRecovered e ->
          coming(
              lagging.stream().filter(each -> !each.equals(e.server())).toList(),
              with(recovered, e));
      case Event.DnsTtl _, Event.DnsUnreachable _, Event.DnsReachable _ -> this;
    };
  }

  /// Said again, the first word counts; but a claim that nothing came of is none.
  private DnsTail claiming(Moment at) {
    boolean stale = changed == null && claimed != null && claimed.until(at).compareTo(PATIENCE) > 0;
    Moment first = claimed == null || stale ? at : Moment.earlier(claimed, at);
    return new DnsTail(
        name, first, changed, published, foretold, flips, converged, verdicts, lagging, recovered);
  }

  private DnsTail publishing(Event.DnsPublished event) {
    Map<String, Bounds> more = new LinkedHashMap<>(published);
    more.put(event.server(), event.published());
    return new DnsTail(
        name, claimed, changed, more, foretold, flips, converged, verdicts, lagging, recovered);
  }

  private DnsTail telling(Event.@Nullable DnsForetold eta, List<Event.DnsFlipped> seen) {
    return telling(eta, seen, converged, verdicts);
  }

  private DnsTail telling(
      Event.@Nullable DnsForetold eta,
      List<Event.DnsFlipped> seen,
      @Nullable Bounds end,
      List<Event.DnsVerdict> judged) {
    return new DnsTail(
        name, claimed, changed, published, eta, seen, end, judged, lagging, recovered);
  }

  private DnsTail coming(List<String> late, List<Event.DnsRecovered> well) {
    return new DnsTail(
        name, claimed, changed, published, foretold, flips, converged, verdicts, late, well);
  }

  private List<Event.DnsFlipped> without(String server, String cache) {
    return flips.stream()
        .filter(flip -> !flip.server().equals(server) || !flip.cache().equals(cache))
        .toList();
  }

  private static <T> List<T> with(List<T> some, T one) {
    List<T> more = new ArrayList<>(some);
    more.add(one);
    return more;
  }

  /// The server and cache that flipped last; null until all have.
  public Event.@Nullable DnsFlipped limit() {
    return converged == null
        ? null
        : flips.stream().max(Comparator.comparing(flip -> flip.flipped().latest())).orElse(null);
  }

  /// T0 to T1: until the first authority gave the new answer. Only a claim tells T0.
  public @Nullable Span api() {
    Bounds first = first();
    return claimed == null || first == null ? null : Bounds.at(claimed).until(first);
  }

  /// T1 to T2: until the last authority did.
  public @Nullable Span sync() {
    Bounds first = first();
    Bounds everywhere = everywhere();
    return first == null || everywhere == null ? null : first.until(everywhere);
  }

  /// T2 to the last flip.
  public @Nullable Span tail() {
    Bounds everywhere = everywhere();
    return converged == null || everywhere == null ? null : everywhere.until(converged);
  }

  /// T0, or T1 if nobody told it, to the last flip.
  public @Nullable Span whole() {
    Bounds start = claimed == null ? first() : Bounds.at(claimed);
    return converged == null || start == null ? null : start.until(converged);
  }

  /// T1.
  public @Nullable Bounds first() {
    return published.values().stream().reduce(Bounds::earlier).orElse(null);
  }

  /// T2: known once all is over.
  public @Nullable Bounds everywhere() {
    return converged == null
        ? null
        : published.values().stream().reduce(Bounds::later).orElse(null);
  }
}
