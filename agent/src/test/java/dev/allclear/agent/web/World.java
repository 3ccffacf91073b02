package dev.allclear.agent.web;

import dev.allclear.agent.config.SharedSecret;
import dev.allclear.agent.config.WebhookSettings;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Heard;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Told;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.agent.recovery.DownWhen;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Authorities;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What a server in a test shows. The test's thread changes it between requests.
final class World {
  static final Cell CHECKOUT = new Cell("checkout", "eu");
  static final Cell LOGIN = new Cell("login", Cell.GLOBAL);
  static final Rto RTO = new Rto(Duration.ofMinutes(2), Rto.From.ONSET);

  private final List<Change> changes = new ArrayList<>();
  private final List<DnsClaim> claims = new CopyOnWriteArrayList<>();
  private @Nullable SharedSecret token;
  private WebhookSettings webhooks = WebhookSettings.NONE;
  private boolean ready;

  /// Before the server starts.
  synchronized World with(@Nullable String secret, WebhookSettings settings) {
    token = secret == null ? null : new SharedSecret(secret);
    webhooks = settings;
    return this;
  }

  /// Seconds after the start of 2026.
  static Moment at(double seconds) {
    Moment start = new Moment(Instant.parse("2026-01-01T00:00:00Z"), 0, 1);
    return start.plus(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /// Now is a minute after the start.
  synchronized Sources sources() {
    return new Sources(
        new Vantage("eu-west-1a", "eu-west"),
        "0.1.0",
        () -> at(60),
        at(0),
        Map.of(CHECKOUT, RTO),
        this::healths,
        this::incidents,
        this::failed,
        World::expected,
        World::followed,
        new Intake(Set.of("shop.example"), claims::add, this::hear, token, webhooks),
        this::isReady,
        accept -> new Content("text/plain; version=0.0.4", "accepts " + accept + "\n"));
  }

  private static Expected expected(String service) {
    return service.equals(CHECKOUT.service())
        ? new Expected(List.of(), List.of(), List.of("eu", "us"), DownWhen.ANY)
        : Expected.NOTHING;
  }

  /// One name that an office has not been asked for yet.
  private static List<Standing> followed() {
    Subject subject =
        Subject.lasting(
            "shop.example",
            new Question("shop.example", "A"),
            null,
            List.of(Server.parse("ns", "192.0.2.51").asAuthority()),
            List.of(Server.parse("office", "192.0.2.53")),
            Map.of(),
            Duration.ofSeconds(5));
    Reply reply =
        new Reply.Dns(
            "ns",
            true,
            "NOERROR",
            List.of("192.0.2.1"),
            Duration.ofSeconds(60),
            Duration.ofMillis(20));
    StepRun answer = new StepRun("ns", at(50), at(50), Outcome.pass(), reply);
    Spread quiet =
        new Spread(
            at(50),
            false,
            60,
            Authorities.of(List.of("ns")),
            List.of(Endpoint.of("office", "shop.example A", 0)));
    return List.of(
        new Standing(
            subject,
            Map.of("ns", answer),
            List.of("192.0.2.1"),
            false,
            quiet,
            null,
            null,
            List.of()));
  }

  List<DnsClaim> claims() {
    return List.copyOf(claims);
  }

  synchronized void getReady() {
    ready = true;
  }

  /// Down from second 9 or 10 on, detected at 12.
  synchronized void breaks(Cell cell, String id, String detail) {
    happens(
        cell,
        new Event.Detected(
            at(12),
            id,
            Bounds.between(at(9), at(10)),
            Set.of("home"),
            "home",
            Cause.STATUS,
            detail,
            RTO));
  }

  /// Down when it was first looked at, a nanosecond after second 10.
  synchronized void isDownAtFirstLook(Cell cell, String id) {
    Moment seen = at(10).plus(Duration.ofNanos(1));
    Bounds onset = new Bounds(Moment.UNBOUNDED, at(9), seen);
    happens(
        cell,
        new Event.Detected(at(12), id, onset, Set.of("home"), "home", Cause.STATUS, "503", RTO));
  }

  /// Restored in second 19, verified at 30.
  synchronized void recovers(Cell cell) {
    happens(cell, new Event.FirstGood(at(20), "home", Bounds.between(at(19), at(20)), Set.of()));
    happens(cell, new Event.Verifying(at(20)));
    happens(cell, new Event.Verified(at(30), Bounds.between(at(19), at(20))));
    happens(cell, new Event.Closed(at(50)));
  }

  /// As an agent does it: what was said before is known.
  private synchronized List<Heard> hear(List<Told> told) {
    return told.stream().map(this::hear).toList();
  }

  private Heard hear(Told told) {
    Map<Cell, String> filed = new TreeMap<>();
    List<Change> fresh = new ArrayList<>();
    for (Cell cell : told.cells()) {
      Event.Claimed before = said(cell, told.claim().key());
      if (before != null && !before.claim().said().equals(told.claim().said())) {
        return new Heard.Taken(before.claim());
      }
      String id = told.incident();
      String incident = id.isEmpty() ? History.of(changes).holding(cell, told.claim()) : id;
      filed.put(cell, before == null ? incident : before.incident());
      if (before == null) {
        fresh.add(new Change(cell, new Event.Claimed(at(60), incident, told.claim())));
      }
    }
    changes.addAll(fresh);
    return fresh.isEmpty() ? new Heard.Known(filed) : new Heard.Written(filed);
  }

  private Event.@Nullable Claimed said(Cell cell, String key) {
    for (Change change : changes) {
      if (change.cell().equals(cell)
          && change.event() instanceof Event.Claimed claimed
          && claimed.claim().key().equals(key)) {
        return claimed;
      }
    }
    return null;
  }

  /// What was claimed of services, in order.
  synchronized List<Change> said() {
    return changes.stream().filter(each -> each.event() instanceof Event.Claimed).toList();
  }

  private void happens(Cell cell, Event event) {
    changes.add(new Change(cell, event));
  }

  /// One failure in each incident, with an answer that would like to be markup.
  private Failed failed(String id) {
    Evidence evidence =
        Evidence.of(
            Evidence.Message.sent("GET /till", List.of(), "", false),
            Evidence.Message.received(
                "h2 503",
                List.of(new Evidence.Field("X-Say", "<b>hi</b>")),
                "<script>alert('" + id + "')</script>",
                true),
            List.of(new Evidence.Check("status 2xx", "503", false)));
    Failure failure = new Failure(at(11), "buy", "pay", Cause.STATUS, "status 503", evidence);
    return new Failed(7, List.of(failure));
  }

  private synchronized boolean isReady() {
    return ready;
  }

  private synchronized List<Incident> incidents() {
    return History.of(changes).incidents();
  }

  private synchronized List<Health> healths() {
    return List.of(health(LOGIN), health(CHECKOUT));
  }

  private Health health(Cell cell) {
    Health health =
        Health.unknown(cell, Map.of("home", Depth.SHALLOW, "buy", Depth.DEEP))
            .withProofs("home", Bounds.between(at(1), at(2)), null)
            .withProofs("buy", Bounds.between(at(1), at(2)), Bounds.between(at(3), at(4)));
    for (Change change : changes) {
      health = change.cell().equals(cell) ? health.after(change.event()) : health;
    }
    return health;
  }
}
