package dev.allclear.agent.propagation;

import dev.allclear.agent.outage.DnsTail;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Moment;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Authorities;
import dev.allclear.probes.propagation.Cache;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Outage;
import dev.allclear.probes.propagation.Outages;
import dev.allclear.probes.propagation.Plan;
import dev.allclear.probes.propagation.Published;
import dev.allclear.probes.propagation.Query;
import dev.allclear.probes.propagation.Recovery;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of one name, how far its newest change has spread, and when each of its servers is
/// asked next. Knows no thread and no clock: time comes in with what was asked. One thread, but for
/// `spread`.
final class Course {

  /// What the value is wanted to become at which link, and what it was.
  private record Turn(Wanted wanted, @Nullable String link, List<String> from) {}

  private static final int RARER = 120;

  /// How often the authorities are asked at least while a change is likely.
  private static final Duration ALERT = Duration.ofSeconds(1);

  private final Subject subject;
  private final List<Memory> memories = new ArrayList<>();
  private final int[] surveyed;
  private @Nullable Look known;
  private @Nullable Turn turn;
  private List<Endpoint> endpoints = new ArrayList<>();
  private Published published = Published.NOTHING;
  private final Telling telling = new Telling();
  private final Aftermath aftermath = new Aftermath();
  private Outages outages;
  private volatile @Nullable Spread spread;
  private @Nullable Spread told;
  private @Nullable Spread before;
  private @Nullable Moment claim;
  private @Nullable Moment early;
  private @Nullable Moment ordered;
  private boolean replan;
  private boolean alert;

  Course(Subject subject) {
    this.subject = subject;
    this.surveyed = new int[subject.servers().size()];
    this.outages = Outages.of(subject.authorities().stream().map(Server::name).toList());
    subject.servers().forEach(_ -> memories.add(new Memory()));
    subject.resolvers().forEach(server -> endpoints.add(endpoint(server, null)));
  }

  private Endpoint endpoint(Server server, @Nullable String link) {
    String told = link == null ? subject.question().toString() : link;
    return Endpoint.of(server.name(), told, weight(server));
  }

  private int weight(Server server) {
    return subject.weights().getOrDefault(server.name(), 0);
  }

  /// Goes on with a change that an earlier session did not see the end of.
  void resume(Past past) {
    Map<String, Cache> servers = new LinkedHashMap<>();
    for (Server server : subject.authorities()) {
      Bounds at = past.published().get(server.name());
      servers.put(server.name(), at == null ? Cache.UNSEEN : Cache.flipped(at));
    }
    List<Endpoint> rebuilt = new ArrayList<>();
    for (Server server : subject.resolvers()) {
      Map<String, Bounds> flips = past.flips().getOrDefault(server.name(), Map.of());
      String link = subject.question().toString();
      rebuilt.add(Endpoint.flipped(server.name(), link, weight(server), flips));
    }
    turn = new Turn(wanted(past.to()), null, past.from());
    spread =
        new Spread(
            past.changed().earliest(),
            past.from().isEmpty(),
            past.ttl(),
            new Authorities(servers),
            rebuilt);
    telling.remember(past);
  }

  /// Takes somebody's word for it that the name was changed then: the authorities are watched
  /// closely, and every resolver is asked once, so that the ETA is known before the change is.
  /// Before anything is known of the name it waits for that.
  List<News> claimed(Moment at) {
    Turn under = turn;
    if (under == null && known != null) {
      List<String> from = Objects.requireNonNull(known.records());
      claim = at;
      ordered = at;
      turn = new Turn(new Wanted.Not(new Wanted.Same(from)), null, from);
      telling.forget();
      open(at, turn, from.isEmpty());
      return List.of(new News.Claimed(at));
    }
    early = known == null ? at : null;
    Bounds first = spread == null ? null : spread.authorities().first();
    if (ordered == null && first != null && !first.latest().isBefore(at)) {
      ordered = at;
    }
    return List.of();
  }

  /// A claim that nothing came of.
  private void forgetClaim(Moment now) {
    Moment at = claim;
    if (at != null && at.until(now).compareTo(DnsTail.PATIENCE) > 0) {
      claim = null;
      turn = null;
      spread = null;
      replan = true;
    }
  }

  /// What is known now, for any thread.
  Standing standing() {
    Map<String, StepRun> answers = new LinkedHashMap<>();
    List<Server> servers = subject.servers();
    for (int i = 0; i < servers.size(); i++) {
      Look last = memories.get(i).last();
      if (last != null) {
        answers.put(servers.get(i).name(), last.step());
      }
    }
    Spread change = spread;
    return new Standing(
        subject,
        answers,
        known == null ? null : known.records(),
        change != null,
        change == null ? quiet() : change,
        before,
        ordered,
        outages.known());
  }

  private Spread quiet() {
    Moment start = known == null ? Moment.UNBOUNDED : known.step().begin();
    Authorities authorities =
        Authorities.of(subject.authorities().stream().map(Server::name).toList());
    return new Spread(start, false, published.old(), authorities, endpoints).with(outages.known());
  }

  Subject subject() {
    return subject;
  }

  /// The change under way; null while there is none. Any thread.
  @Nullable Spread spread() {
    return spread;
  }

  /// The change that the latest news are about, also if it is over with them; null if they are of
  /// none.
  @Nullable Spread told() {
    return told;
  }

  /// Whether what was heard last changes when every server is asked; asking forgets it.
  boolean changesAll() {
    boolean all = replan;
    replan = false;
    return all;
  }

  /// When this server is asked next, by its place; `random` is uniform in [0, 1). Null while it
  /// must not be asked.
  @Nullable Query next(int server, Moment now, double random) {
    int resolver = server - subject.authorities().size();
    return resolver < 0 ? nextAuthority(server, now) : nextResolver(resolver, now, random);
  }

  /// True if that changes when its authorities are asked.
  boolean alert(boolean likely) {
    boolean changes = alert != likely;
    alert = likely;
    return changes;
  }

  private Duration every() {
    return alert && subject.every().compareTo(ALERT) > 0 ? ALERT : subject.every();
  }

  private Query nextAuthority(int server, Moment now) {
    Look last = memories.get(server).last();
    if (last == null) {
      return new Query(now, Query.Purpose.BASELINE);
    }
    Moment asked = last.step().begin();
    Spread change = spread;
    Query soon =
        change == null
            ? null
            : Plan.authority(
                Objects.requireNonNull(change.authorities().servers().get(name(server))),
                change.event());
    if (change == null || soon == null) {
      return new Query(asked.plus(every()), Query.Purpose.BASELINE);
    }
    Duration gap = change.start().until(asked).dividedBy(RARER);
    return new Query(Moment.later(soon.at(), asked.plus(gap)), soon.purpose());
  }

  /// Before the authorities have the name a resolver that is asked would remember that there is
  /// none (trap 8).
  private @Nullable Query nextResolver(int resolver, Moment now, double random) {
    Spread change = spread;
    if (change != null) {
      return change.next(resolver);
    }
    if (known == null || Objects.requireNonNull(known.records()).isEmpty()) {
      return null;
    }
    Endpoint endpoint = endpoints.get(resolver);
    Outage outage = outages.latest();
    Recovery recovery = outage == null ? null : Recovery.of(endpoint, outage, Said.OLD);
    if (recovery != null && recovery.living() == null) {
      return Plan.recovering(recovery);
    }
    if (isOpen(outage)) {
      return Plan.during(endpoint, published, now, random);
    }
    Look last = memories.get(subject.authorities().size() + resolver).last();
    if (last != null && last.records() == null) {
      return new Query(last.step().end().plus(every()), Query.Purpose.RETRY);
    }
    if (last != null && isOther(last)) {
      Duration left = Duration.ofMillis(last.ttl(null) * 1_000L + 1_100);
      return new Query(last.step().end().plus(left), Query.Purpose.OVERDUE);
    }
    Query survey = Plan.survey(endpoint, published, surveyed[resolver], now);
    return survey == null ? Plan.baseline(endpoint, published, now, random) : survey;
  }

  /// It has a value of before the time that is known here.
  private boolean isOther(Look look) {
    List<String> now = known == null ? null : known.records();
    List<String> then = look.records();
    return now != null && then != null && !alike(now, then);
  }

  private boolean alike(List<String> one, List<String> other) {
    Wanted wanted = subject.wanted();
    return wanted == null ? one.equals(other) : wanted.accepts(one) == wanted.accepts(other);
  }

  private String name(int server) {
    return subject.authorities().get(server).name();
  }

  /// Takes up an answer, or that there was none.
  List<News> heard(int server, StepRun step) {
    Look look = new Look(step);
    memories.get(server).add(look);
    int resolver = server - subject.authorities().size();
    List<News> news = new ArrayList<>();
    forgetClaim(step.end());
    if (resolver < 0) {
      reach(server, look);
      authority(server, look, news);
    } else {
      resolver(resolver, look);
    }
    Spread change = spread == null ? null : spread.with(outages.known());
    spread = change;
    told = change;
    news.addAll(
        change == null
            ? aftermath.news(outages.latest(), endpoints, Said.OLD)
            : aftermath.news(outages.latest(), change.endpoints(), Said.NEW));
    if (change != null) {
      news.addAll(telling.news(change));
      if (telling.converged(change)) {
        settle(change, news);
      }
    }
    return news;
  }

  /// When an outage begins or is over, resolvers are asked for other reasons than before.
  private void reach(int server, Look look) {
    Outage before = outages.latest();
    outages = outages.with(name(server), look.sighting(NOTHING_NEW, null));
    Outage after = outages.latest();
    replan |= isOpen(before) != isOpen(after);
  }

  private static boolean isOpen(@Nullable Outage outage) {
    return outage != null && outage.over() == null;
  }

  private void resolver(int resolver, Look look) {
    Turn under = turn;
    Spread change = spread;
    if (change != null && under != null) {
      spread = change.with(resolver, look.sighting(under.wanted(), under.link()));
      return;
    }
    surveyed[resolver]++;
    List<Endpoint> next = new ArrayList<>(endpoints);
    next.set(resolver, endpoints.get(resolver).with(look.sighting(NOTHING_NEW, null)));
    endpoints = next;
  }

  private static final Wanted NOTHING_NEW = new Wanted.Same(List.of("nothing is new"));

  private void authority(int server, Look look, List<News> news) {
    List<String> records = look.records();
    Spread change = spread;
    Turn under = turn;
    if (change != null && under != null) {
      Bounds everywhere = change.authorities().everywhere();
      boolean claimed = claim != null && records != null && under.wanted().accepts(records);
      boolean another = subject.goesOn() && records != null && isAnother(server, records, under);
      if (claimed || another) {
        begin(server, look, news);
        return;
      }
      Sighting sighting = look.sighting(under.wanted(), under.link());
      // What only says once more that it is new would in time push the first one out of memory.
      if (sighting.said() == Said.OLD || !isNew(change, server)) {
        spread = change.with(name(server), sighting);
      }
      replan |=
          everywhere == null && Objects.requireNonNull(spread).authorities().everywhere() != null;
    } else if (records != null && isNew(records)) {
      begin(server, look, news);
    } else if (records != null) {
      know(look, records, news);
    }
  }

  private boolean isNew(Spread change, int server) {
    return Objects.requireNonNull(change.authorities().servers().get(name(server)))
        .turned()
        .happened();
  }

  private boolean isNew(List<String> records) {
    Wanted wanted = subject.wanted();
    List<String> now = known == null ? null : known.records();
    return (wanted == null || subject.lasting())
        ? (now != null && !alike(now, records))
        : wanted.accepts(records);
  }

  /// An authority that had the new value gives neither that nor what it gave before.
  private boolean isAnother(int server, List<String> records, Turn under) {
    Look last = memories.get(server).lastBut(1);
    if (under.wanted().accepts(records)) {
      return false;
    }
    return last == null
        ? !alike(records, under.from())
        : last.records() != null && under.wanted().accepts(last.records());
  }

  private void know(Look look, List<String> records, List<News> news) {
    int ttl = look.ttl(null);
    List<String> now = known == null ? null : known.records();
    if (now == null || !alike(records, now)) {
      news.add(new News.Known(records, ttl));
      replan = true;
    }
    if (published.old() != ttl) {
      endpoints = new ArrayList<>(endpoints.stream().map(Endpoint::relearned).toList());
      published = Published.of(ttl);
    }
    known = look;
    if (early != null) {
      news.addAll(claimed(early));
      early = null;
    }
  }

  private Wanted wanted(List<String> to) {
    Wanted wanted = subject.wanted();
    if (wanted == null) {
      return new Wanted.Same(to);
    }
    return subject.lasting() && !wanted.accepts(to) ? new Wanted.Not(wanted) : wanted;
  }

  /// The keys of the zone that denies the name, if it does: asked of an authority, since that
  /// plants nothing. Null if there is nothing to ask.
  @Nullable Question keys() {
    Heard.Negative denial = known == null ? null : known.denial();
    return denial == null ? null : new Question(denial.zone(), "DNSKEY");
  }

  /// Takes up the answer to that.
  List<News> heardKeys(StepRun step) {
    List<String> keys = new Look(step).records();
    Look denying = known;
    Heard.Negative denial = denying == null ? null : denying.denial();
    return keys == null || keys.isEmpty() || denying == null || denial == null
        ? List.of()
        : List.of(new News.Deniable(denial.zone(), denying.ttl(null)));
  }

  private void begin(int server, Look look, List<News> news) {
    List<String> to = Objects.requireNonNull(look.records());
    List<String> from = known == null ? List.of() : Objects.requireNonNull(known.records());
    String link = known == null ? null : Look.changed(known, look);
    Turn begun = new Turn(wanted(to), link, from);
    Look last = memories.get(server).lastBut(1);
    Moment noticed = last == null ? look.step().begin() : last.step().begin();
    Moment start = claim == null ? noticed : Moment.earlier(claim, look.step().end());
    ordered = claim;
    claim = null;
    turn = begun;
    telling.forget();
    open(start, begun, known != null && from.isEmpty());
    news.add(new News.Changed(Bounds.between(start, look.step().end()), from, to));
  }

  /// From here on every server is asked for this change.
  private void open(Moment start, Turn begun, boolean creates) {
    Authorities authorities =
        Authorities.of(subject.authorities().stream().map(Server::name).toList());
    for (int i = 0; i < subject.authorities().size(); i++) {
      for (Look each : memories.get(i).latest()) {
        authorities = authorities.with(name(i), each.sighting(begun.wanted(), begun.link()));
      }
    }
    List<Endpoint> rebuilt = new ArrayList<>();
    for (int i = 0; i < subject.resolvers().size(); i++) {
      rebuilt.add(rebuilt(i, begun));
    }
    int ttl = known == null ? Published.UNKNOWN : known.ttl(begun.link());
    spread = new Spread(start, creates, ttl, authorities, rebuilt).moving(subject.move());
    replan = true;
  }

  private Endpoint rebuilt(int resolver, Turn begun) {
    Endpoint endpoint = endpoint(subject.resolvers().get(resolver), begun.link());
    for (Look look : memories.get(subject.authorities().size() + resolver).all()) {
      Sighting sighting = look.sighting(begun.wanted(), begun.link());
      endpoint = endpoint.with(sighting);
    }
    return endpoint;
  }

  /// The new value is what is known from now on.
  private void settle(Spread change, List<News> news) {
    Bounds last = change.last();
    Bounds everywhere = Objects.requireNonNull(change.authorities().everywhere());
    news.add(new News.Converged(last == null ? everywhere : Bounds.later(last, everywhere)));
    before = change;
    if (!subject.goesOn()) {
      return;
    }
    Turn over = Objects.requireNonNull(turn);
    Published told = change.event().published();
    boolean same = told.old() == told.fresh();
    for (int i = 0; i < memories.size(); i++) {
      if (same && i >= subject.authorities().size()) {
        memories.get(i).settle();
      } else {
        memories.get(i).keep(over.wanted());
      }
    }
    endpoints =
        new ArrayList<>(change.endpoints().stream().map(each -> each.settled(same)).toList());
    Look fresh = memories.getFirst().last();
    known = fresh == null || fresh.records() == null ? known : fresh;
    published = Published.of(told.fresh());
    turn = null;
    spread = null;
    replan = true;
  }
}
