package dev.allclear.agent.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Probe;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The real schedule and the real fold watch a simulated service through one outage: every truth
/// lies in its bounds, and these are no wider than the interval, the retries and one time-out
/// explain.
final class SimulationTest {
  private static final int HISTORIES = 1_500;
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /// What a request meets while the service is down.
  private enum Kind {
    /// Fails at once.
    REFUSES,
    /// Is answered once the service is back, or times out.
    HANGS,
    /// Is lost: times out, also when the service has come back meanwhile.
    SWALLOWS
  }

  /// Down from `broke` to `back`, in nanoseconds of the monotonic clock.
  private record Service(Kind kind, long broke, long back, Random random) {
    boolean up(long at) {
      return at < broke || at >= back;
    }
  }

  private record Ask(Service service, FakeTime time, Actors actors) implements Probe {
    @Override
    public String name() {
      return "ask";
    }

    @Override
    public Depth depth() {
      return Depth.SHALLOW;
    }

    @Override
    public Observation run() {
      Moment begin = time.now();
      actors.pause(Duration.ofNanos(service.random().nextLong(5_000_000)));
      Outcome outcome = service.up(time.now().nanos()) ? Outcome.pass() : whileDown(begin);
      Moment end = time.now();
      Reply reply = new Reply.Http("GET /", 0, "", "", 0, Phases.NONE);
      return new Observation(
          name(),
          depth(),
          begin,
          end,
          List.of(new StepRun("get", begin, end, outcome, reply)),
          outcome);
    }

    private Outcome whileDown(Moment begin) {
      Moment deadline = begin.plus(TIMEOUT);
      return switch (service.kind()) {
        case REFUSES -> Outcome.fail(Cause.CONNECT, "refused");
        case SWALLOWS -> timeOut(deadline);
        case HANGS -> service.back() < deadline.nanos() ? answered() : timeOut(deadline);
      };
    }

    private Outcome answered() {
      actors.pause(Duration.ofNanos(service.back() - time.now().nanos()));
      actors.pause(Duration.ofNanos(service.random().nextLong(5_000_000)));
      return Outcome.pass();
    }

    private Outcome timeOut(Moment deadline) {
      actors.pause(time.now().until(deadline));
      return Outcome.fail(Cause.TIMEOUT, "no answer");
    }
  }

  /// One agent with one check, all its events kept.
  private static final class Agent {
    final FakeTime time = new FakeTime();
    final List<Event> events = new ArrayList<>();
    private final Outage outage;
    private Health health = Health.unknown(SHOP, Map.of("ask", Depth.SHALLOW));

    Agent(Service service, Policy policy, long seed) {
      outage = new Outage(policy);
      Actors actors = new Actors(time);
      Scheduler scheduler =
          new Scheduler(
              time,
              time,
              new Threads(time, actors),
              new SplittableRandom(seed),
              _ -> health,
              this::accept);
      scheduler.add(new Check(SHOP, new Ask(service, time, actors), EVERY), policy);
    }

    private void accept(Run run) {
      Outage.Decision decision = outage.decide(health, run.observation());
      health = decision.health();
      events.addAll(decision.events());
    }

    <E extends Event> E only(Class<E> type) {
      List<E> found = events.stream().filter(type::isInstance).map(type::cast).toList();
      assertTrue(found.size() == 1, () -> type.getSimpleName() + " not once in " + events);
      return found.getFirst();
    }
  }

  @Test
  void boundsContainTheTruthAndAreNarrow() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      play(seed);
    }
  }

  private static void play(int seed) {
    Random random = new Random(seed);
    Kind kind = Kind.values()[seed % Kind.values().length];
    long broke = Duration.ofMillis(6000 + random.nextInt(3000)).toNanos();
    long back = broke + Duration.ofMillis(6000 + random.nextInt(20_000)).toNanos();
    Policy policy =
        new Policy(
            new Rto(Duration.ofMinutes(2), Rto.From.ONSET),
            3,
            4,
            3,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
    Agent agent = new Agent(new Service(kind, broke, back, random), policy, seed);
    agent.time.advanceTo(Duration.ofNanos(back).plusSeconds(25));

    Duration slow = kind == Kind.REFUSES ? Duration.ZERO : TIMEOUT;
    Event.Detected detected = agent.only(Event.Detected.class);
    Event.Verified verified = agent.only(Event.Verified.class);
    agent.only(Event.Closed.class);
    String what = "seed " + seed + " " + kind;
    check(what + " onset", detected.onset(), broke, EVERY.plus(slow));
    check(what + " first good", agent.only(Event.FirstGood.class).good(), back, null);
    check(
        what + " restored",
        verified.restored(),
        back,
        Duration.ofMillis(500).plus(slow).plus(slow(kind)));
  }

  /// A swallowed request says nothing when the service is back: only one sent after that does.
  private static Duration slow(Kind kind) {
    return kind == Kind.SWALLOWS ? Duration.ofMillis(500) : Duration.ZERO;
  }

  private static void check(String what, Bounds bounds, long truth, @Nullable Duration widest) {
    assertTrue(
        bounds.earliest().nanos() <= truth && truth <= bounds.latest().nanos(),
        () -> what + " at " + truth + " is not in " + bounds);
    assertTrue(
        widest == null || bounds.width().compareTo(widest.plusMillis(20)) <= 0,
        () -> what + " is " + bounds.width() + " wide");
  }
}
