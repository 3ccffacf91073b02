package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Checks;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Values;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// One walk through a journey, on the thread that calls {@link #walk}.
final class JourneyRun implements AutoCloseable {

  private static final int REQUEST_LENGTH = 300;

  private final Journey journey;
  private final Depth depth;
  private final Clock clock;
  private final Moment begin;
  private final Lookup lookup;
  private final ConnectionPool connections = new ConnectionPool();
  private final OkHttpClient client;
  private final Values values = new Values();
  private final Mask mask = new Mask();
  private final List<StepRun> steps = new ArrayList<>();

  JourneyRun(Journey journey, Depth depth, Clock clock, Addresses addresses) {
    this.journey = journey;
    this.depth = depth;
    this.clock = clock;
    lookup = new Lookup(addresses, clock);
    client =
        Clients.of(journey)
            .newBuilder()
            .dns(lookup)
            .cookieJar(new Cookies(clock))
            .connectionPool(connections)
            .build();
    journey.steps().stream()
        .flatMap(Step::templates)
        .flatMap(template -> template.secrets().stream())
        .forEach(mask::hide);
    // Last: the first client to use TLS loads a trust store, which is not the target's time.
    begin = clock.now();
  }

  Observation walk() {
    Outcome outcome = Outcome.pass();
    for (Step step : journey.steps()) {
      outcome = take(step);
      if (!outcome.isPass()) {
        break;
      }
    }
    Moment end = steps.isEmpty() ? clock.now() : steps.getLast().end();
    return new Observation(journey.name(), depth, begin, end, steps, outcome);
  }

  @Override
  public void close() {
    connections.evictAll();
  }

  /// The outcome of the journey as far as the end of this step.
  private Outcome take(Step step) {
    Moment start = steps.isEmpty() ? begin : clock.now();
    Duration left = journey.deadline().minus(begin.until(start));
    if (Thread.currentThread().isInterrupted()) {
      return Outcome.inconclusive("interrupted");
    }
    if (!left.isPositive()) {
      return tooLate(step);
    }
    boolean cut = left.compareTo(step.conduct().timeout()) < 0;
    Timeline timeline = new Timeline(clock, start);
    Outcome outcome = attempt(step, timeline, start, cut ? left : step.conduct().timeout());
    boolean blameless = cut && !steps.isEmpty() && isTimeout(outcome);
    Moment end = timeline.end();
    steps.add(
        new StepRun(
            step.name(),
            start,
            end,
            blameless ? Outcome.inconclusive("the journey's deadline ended it") : outcome,
            reply(step, timeline)));
    return blameless ? tooLate(step) : outcome;
  }

  /// The fault of all steps so far: naming the last one would prove too much, that it failed within
  /// what little time was left for it.
  private Outcome tooLate(Step step) {
    return Outcome.fail(
        Cause.TIMEOUT,
        "the journey's deadline of %s ended %s"
            .formatted(Diagnosis.text(journey.deadline()), mask.quoted(step.name())));
  }

  private static boolean isTimeout(Outcome outcome) {
    return outcome instanceof Outcome.Failed(Cause cause, String _) && cause == Cause.TIMEOUT;
  }

  private Outcome attempt(Step step, Timeline timeline, Moment start, Duration limit) {
    Set<String> missing = values.missing(step.variables());
    if (!missing.isEmpty()) {
      return Outcome.fail(Cause.EXTRACT, "no value for " + String.join(", ", missing));
    }
    Request request;
    try {
      request = request(step);
    } catch (IllegalArgumentException e) {
      return unsendable(step, e);
    }
    try {
      Moment deadline = start.plus(limit);
      lookup.endBy(deadline);
      Answer answer =
          new Exchange(client, clock, timeline, deadline).fetch(request, step.readsJson());
      return new Checks(answer, values, mask).judge(step.expectations(), step.captures());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return new Diagnosis(timeline, mask).of(e, limit);
    }
  }

  private Request request(Step step) {
    return switch (step.action()) {
      case Action.Http http -> Requests.of(http, values);
    };
  }

  private String shown(Step step) {
    return switch (step.action()) {
      case Action.Http http -> Requests.shown(http, values);
    };
  }

  /// A captured value may not fit into a URL or header; what the operator wrote is not the target's
  /// fault.
  private Outcome unsendable(Step step, IllegalArgumentException e) {
    String detail = mask.value("cannot be sent: " + e.getMessage());
    return step.variables().isEmpty()
        ? Outcome.inconclusive(detail)
        : Outcome.fail(Cause.EXTRACT, detail);
  }

  private Reply reply(Step step, Timeline timeline) {
    if (!timeline.isBegun()) {
      return Reply.nothing();
    }
    Response head = timeline.head();
    return new Reply.Http(
        mask.show(shown(step), REQUEST_LENGTH),
        head == null ? 0 : head.code(),
        head == null ? "" : head.protocol().toString(),
        Diagnosis.literal(timeline.remote()),
        timeline.bytes(),
        timeline.phases());
  }
}
