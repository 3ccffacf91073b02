package dev.allclear.agent.json;

import dev.allclear.agent.outage.Blindness;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Events of every kind, filled at random.
public final class RandomEvents {
  private static final Level[] LEVELS = {
    new Level("slow", 3), new Level("minor", 9), Level.FLAPPING, Level.DOWN
  };

  private static final String[] TEXTS = {
    "",
    "checkout",
    "a \"quoted\" \\ text",
    "two\nlines",
    "Zürich ✓ \uD83D\uDE00",
    "\u0000\u2028</script>"
  };

  private final Random random;

  public RandomEvents(Random random) {
    this.random = random;
  }

  /// One of each kind.
  List<Event> ofEveryKind() {
    return kinds().stream().map(Supplier::get).toList();
  }

  /// In one of three cells each.
  public List<Change> changes(int count) {
    return random.ints(count, 0, 3).mapToObj(i -> new Change(cell(i), event())).toList();
  }

  public Event event() {
    return kinds().get(random.nextInt(kinds().size())).get();
  }

  public Bounds bounds() {
    Moment earliest = moment();
    return random.nextInt(8) == 0
        ? new Bounds(Moment.UNBOUNDED, earliest, earliest)
        : new Bounds(
            earliest,
            earliest.plus(Duration.ofNanos(random.nextInt(1_000))),
            earliest.plus(length()));
  }

  public Moment moment() {
    Instant wall =
        Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
    return new Moment(wall, random.nextLong() / 2, random.nextLong(1, 1_000));
  }

  private static Cell cell(int i) {
    return new Cell("service " + i, i == 0 ? Cell.GLOBAL : "eu-" + i);
  }

  private List<Supplier<Event>> kinds() {
    return List.of(
        () -> new Event.Healthy(moment()),
        () -> new Event.Suspected(moment(), text(), bounds(), cause(), text()),
        () -> new Event.Blipped(moment(), text(), bounds(), bounds()),
        this::detected,
        this::flapping,
        () -> new Event.AlsoFailing(moment(), text(), bounds(), cause(), text(), level()),
        () -> new Event.Worsened(moment(), text(), bounds(), cause(), text(), level()),
        () -> new Event.Eased(moment(), level(), bounds(), new TreeSet<>(texts())),
        () -> new Event.Overdue(moment()),
        () -> new Event.Overran(moment(), moment()),
        () -> new Event.FirstGood(moment(), text(), bounds(), new TreeSet<>(texts())),
        () -> new Event.Verifying(moment()),
        () -> new Event.FalseStart(moment(), text(), bounds(), cause(), text(), level()),
        () -> new Event.Verified(moment(), bounds()),
        () -> new Event.Relapsed(moment(), text(), bounds(), cause(), text(), level()),
        () -> new Event.Waits(moment(), new TreeSet<>(texts())),
        () ->
            new Event.Served(
                moment(),
                text(),
                text(),
                new TreeSet<>(texts()),
                new TreeSet<>(texts()),
                random.nextInt(100),
                bounds()),
        () -> new Event.DepthsDiffer(moment(), bounds()),
        () -> new Event.DepthsAgree(moment(), bounds()),
        () -> new Event.Closed(moment()),
        this::blind,
        this::lostSight,
        () -> new Event.ClockSet(moment(), length()),
        () -> new Event.Claimed(moment(), text(), claim(one(everySaid()))),
        () -> new Event.DnsChanged(moment(), text(), bounds(), texts(), texts()),
        () -> new Event.DnsFlipped(moment(), text(), text(), text(), bounds()),
        () -> new Event.DnsReverted(moment(), text(), text(), text()),
        () -> new Event.DnsConverged(moment(), text(), bounds()),
        () -> new Event.DnsTtl(moment(), text(), text(), random.nextInt(100_000)),
        () -> new Event.DnsClaimed(moment(), text(), moment(), text()),
        () -> new Event.DnsPublished(moment(), text(), text(), bounds()),
        this::foretold,
        () -> new Event.DnsVerdict(moment(), text(), text(), text(), text()),
        () -> new Event.DnsUnreachable(moment(), text(), bounds()),
        () -> new Event.DnsReachable(moment(), text(), bounds()),
        () -> new Event.DnsLagging(moment(), text(), text()),
        () -> new Event.DnsRecovered(moment(), text(), text(), bounds()));
  }

  public Claim claim(Said said) {
    return new Claim("key " + random.nextInt(1000), text(), bounds(), said);
  }

  /// One of each type.
  public List<Said> everySaid() {
    return List.of(
        new Said.IncidentDeclared(text()),
        new Said.FaultInjected(text(), random.nextBoolean()),
        new Said.Acknowledged(),
        new Said.RemediationStarted(),
        new Said.StepStarted(text(), one(Said.Mode.values()), text()),
        new Said.StepFinished(text(), one(Said.Mode.values()), one(Said.Result.values()), text()),
        new Said.ApprovalRequested(text()),
        new Said.ApprovalGranted(text()),
        new Said.RestoreProgress(text(), random.nextLong(), random.nextInt(10)),
        new Said.RestoreCompleted(text()),
        new Said.TrafficShifted(text()),
        new Said.DnsChanged(text()),
        new Said.RollbackStarted(text(), text()),
        new Said.RollbackCompleted(text(), text()),
        new Said.IntegrityChecked(random.nextBoolean(), text()),
        new Said.DetectorFired(text(), text()),
        new Said.DetectorCleared(text(), text()),
        new Said.Gauge(text(), random.nextGaussian() * Math.pow(10, random.nextInt(40)), text()),
        new Said.Note(text()));
  }

  private Event detected() {
    Set<String> failing = new TreeSet<>(texts());
    return new Event.Detected(
        moment(),
        text(),
        bounds(),
        failing,
        text(),
        cause(),
        text(),
        rto(),
        level(),
        one(Kind.values()),
        objectives());
  }

  private Event flapping() {
    int blips = random.nextInt(100);
    return new Event.Flapping(
        moment(),
        text(),
        bounds(),
        bounds(),
        blips,
        text(),
        rto(),
        one(Kind.values()),
        objectives());
  }

  private Rto rto() {
    return new Rto(length().plusNanos(1), one(Rto.From.values()));
  }

  private Level level() {
    return one(LEVELS);
  }

  private Map<Level, Rto> objectives() {
    return random.nextBoolean() ? Map.of() : Map.of(LEVELS[0], rto(), LEVELS[1], rto());
  }

  private Event foretold() {
    return new Event.DnsForetold(
        moment(), text(), bounds(), text(), text(), random.nextBoolean(), texts());
  }

  private Event lostSight() {
    Bounds gap = bounds();
    return new Event.LostSight(gap.latest(), gap.earliest(), text());
  }

  private Event blind() {
    Bounds gap = bounds();
    return new Event.Blind(gap.latest(), gap.earliest(), one(Blindness.values()), text());
  }

  private Duration length() {
    return Duration.ofSeconds(random.nextInt(100_000), random.nextInt(1_000_000_000));
  }

  private Cause cause() {
    return one(Cause.values());
  }

  private String text() {
    return one(TEXTS);
  }

  private List<String> texts() {
    return random.ints(random.nextInt(3), 0, TEXTS.length).mapToObj(i -> TEXTS[i]).toList();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> T one(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
