package dev.allclear.agent.simulation;

import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Runner;
import dev.allclear.agent.schedule.Timer;
import dev.allclear.agent.simulation.Function.Meeting;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
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
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Lets runs meet the functions they ask for, step by step, without a thread. Of each run `seen` is
/// told what it met before the agent hears of it.
record Network(
    Scenario scenario,
    SimulatedTime time,
    Clock clock,
    Timer timer,
    BiConsumer<Observation, Sight> seen)
    implements Runner {
  private static final long MILLI = SimulatedTime.MILLI;
  private static final Duration OBJECTIVE = Duration.ofMillis(250);
  private static final Reply REPLY = new Reply.Http("GET /", 0, "", "", 0, Phases.NONE);

  /// What the agent believes to run.
  record Asking(Ask ask, Function function) implements Probe {
    @Override
    public String name() {
      return ask.name();
    }

    @Override
    public Depth depth() {
      return ask.depth();
    }

    @Override
    public Observation run() {
      throw new UnsupportedOperationException();
    }
  }

  /// How a step ends, and which instant shows it; `own` if the agent is to blame.
  private record Course(long end, Outcome outcome, long instant, boolean own) {
    Course(long end, Outcome outcome, long instant) {
      this(end, outcome, instant, false);
    }
  }

  @Override
  public void start(Check check, Consumer<Observation> told) {
    new Conversation((Asking) check.probe(), told).step();
  }

  /// One run.
  private final class Conversation {
    private final Asking asking;
    private final Consumer<Observation> told;
    private final Moment begin;
    private final List<StepRun> steps = new ArrayList<>();
    private final List<Long> good = new ArrayList<>();
    private Outcome outcome = Outcome.pass();

    Conversation(Asking asking, Consumer<Observation> told) {
      this.asking = asking;
      this.told = told;
      this.begin = clock.now();
    }

    void step() {
      long now = time.nanos();
      Moment from = clock.now();
      Course course = connected(course(now, random(now)), now);
      timer.after(Duration.ofNanos(course.end() - now), () -> ended(from, course));
    }

    /// Without a network nothing leaves the agent, and nothing comes in.
    private Course connected(Course course, long now) {
      boolean heard = course.outcome() instanceof Outcome.Inconclusive;
      boolean left = time.isConnected(now);
      if (heard || (left && time.isConnected(course.end()))) {
        return course;
      }
      long deadline = now + asking.ask().timeout() * MILLI;
      Outcome lost = Outcome.fail(Cause.TIMEOUT, "no network");
      return new Course(deadline, lost, left ? course.end() : now, true);
    }

    /// The answer had come, but so had the time-out when the agent could move again.
    private Course late(Course course, Moment from) {
      long begin = time.truth(from);
      long deadline = begin + asking.ask().timeout() * MILLI;
      boolean fails =
          course.outcome().isPass() && time.nanos() > deadline && (begin / MILLI) % 2 == 0;
      Outcome late = Outcome.fail(Cause.TIMEOUT, "no answer in time");
      return fails ? new Course(deadline, late, deadline, true) : course;
    }

    private void ended(Moment from, Course planned) {
      Course course = late(planned, from);
      Moment now = clock.now();
      Outcome met = course.outcome();
      if (met.isPass()) {
        good.add(course.instant());
        met = from.until(now).compareTo(OBJECTIVE) > 0 ? Outcome.slow("slow") : met;
      }
      steps.add(new StepRun("step", from, now, met, REPLY));
      outcome = outcome.then(met);
      if (met.isPass() && steps.size() < asking.ask().steps()) {
        step();
        return;
      }
      boolean timed = asking.ask().depth() != Depth.DNS;
      Observation observation =
          new Observation(
              asking.name(), asking.depth(), begin, now, timed ? steps : List.of(), outcome);
      seen.accept(
          observation,
          outcome.isFail()
              ? new Sight(good, course.instant(), course.own())
              : new Sight(good, Sight.NONE));
      told.accept(observation);
    }

    private Course course(long now, SplittableRandom random) {
      Function function = asking.function();
      long deadline = now + asking.ask().timeout() * MILLI;
      if (random.nextInt(1000) < scenario.mute()) {
        return new Course(
            now + random.nextLong(deadline - now), Outcome.inconclusive("mute"), Sight.NONE);
      }
      long arrival = now + way(random);
      long back = way(random);
      if (arrival >= deadline || isLost(random)) {
        return timeOut(deadline, function.lose(Math.min(arrival, deadline)));
      }
      Meeting meeting = function.meet(arrival, work(function, arrival, random));
      long failing = failing(meeting, deadline, random);
      if (failing != Sight.NONE && failing >= deadline) {
        return timeOut(deadline, function.lose(deadline));
      }
      if (failing == Sight.NONE && meeting.answered() + back >= deadline) {
        return timeOut(
            deadline, meeting.hungAt() < deadline ? meeting.hungAt() : function.lose(deadline));
      }
      if (failing == Sight.NONE) {
        return new Course(meeting.answered() + back, Outcome.pass(), meeting.instant());
      }
      boolean silent = meeting.served() || meeting.answered() == Function.NEVER;
      return silent || meeting.answered() + back >= deadline
          ? timeOut(deadline, failing)
          : new Course(
              meeting.answered() + back, Outcome.fail(Cause.STATUS, "status 503"), failing);
    }

    /// The instant at which it fails, if it does.
    private long failing(Meeting meeting, long deadline, SplittableRandom random) {
      boolean lost = isLost(random);
      if (!meeting.served()) {
        return meeting.instant();
      }
      if (!lost || meeting.answered() >= deadline) {
        return Sight.NONE;
      }
      return meeting.hungAt() == Function.NEVER
          ? asking.function().lose(meeting.answered())
          : meeting.hungAt();
    }

    private static Course timeOut(long deadline, long instant) {
      return new Course(deadline, Outcome.fail(Cause.TIMEOUT, "no answer"), instant);
    }

    private boolean isLost(SplittableRandom random) {
      return random.nextInt(1000) < scenario.loss();
    }

    private SplittableRandom random(long now) {
      return new SplittableRandom(
          scenario.salt() ^ (now * 0x9E3779B97F4A7C15L) ^ asking.name().hashCode());
    }

    private long way(SplittableRandom random) {
      int longest = random.nextInt(4) == 0 ? scenario.lag() : Math.min(scenario.lag(), 5);
      return 1 + random.nextLong(longest * MILLI + 1);
    }

    private static long work(Function function, long arrival, SplittableRandom random) {
      return random.nextLong((function.isSlow(arrival) ? 900 : 10) * MILLI);
    }
  }
}
