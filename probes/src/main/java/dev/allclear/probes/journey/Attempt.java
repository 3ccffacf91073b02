package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Checks;
import dev.allclear.probes.expect.Judgement;
import dev.allclear.probes.http.Dialogue;
import dev.allclear.probes.http.Held;
import dev.allclear.probes.http.Limit;
import dev.allclear.probes.http.Question;
import dev.allclear.probes.http.Transmission;
import dev.allclear.probes.journey.TokenSource.Access;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One attempt at one step: an access token is fetched if it needs one that is not there, it is
/// sent, and its answer judged. Used on the run's thread.
final class Attempt {

  private static final int UNAUTHORIZED = 401;

  private final Session session;
  private final Step step;
  private final Limit limit;
  private Transmission transmission;
  private boolean repeatable;

  Attempt(Session session, Step step, Moment start, Duration limit) {
    this.session = session;
    this.step = step;
    this.limit = Limit.from(start, limit);
    transmission = new Transmission(session.client(), start, this.limit);
  }

  StepRun run() {
    Outcome outcome = outcome();
    return transmission.report(step.name(), outcome);
  }

  /// Opens a connection as it would, but asks nothing.
  JourneyProbe.Hold hold(Wire wire) {
    if (!(step.action() instanceof Action.Http http)
        || !session.values().missing(step.variables()).isEmpty()) {
      return new JourneyProbe.Hold(null, Outcome.inconclusive("it cannot be held"));
    }
    try {
      Held held = transmission.hold(Requests.of(http, session, null), step.link(), wire);
      return new JourneyProbe.Hold(held, Outcome.pass());
    } catch (IllegalArgumentException e) {
      return new JourneyProbe.Hold(null, unsendable(e));
    } catch (IOException | RuntimeException e) {
      return new JourneyProbe.Hold(null, transmission.broken(e));
    }
  }

  /// True if what the step waits for does not hold yet, as far as this attempt could tell.
  boolean isRepeatable() {
    return repeatable;
  }

  private Outcome outcome() {
    String obstacle = session.values().obstacle(step.templates());
    if (obstacle != null) {
      return Outcome.inconclusive(obstacle);
    }
    Set<String> missing = session.values().missing(step.variables());
    if (!missing.isEmpty()) {
      return Outcome.fail(Cause.EXTRACT, "no value for " + String.join(", ", missing));
    }
    return step.action().head().auth() instanceof Auth.OAuth2(TokenSource source)
        ? sentWithTokenOf(source)
        : sent(null);
  }

  private Outcome sentWithTokenOf(TokenSource source) {
    Access access = source.access(session, step.link(), limit);
    Outcome outcome = sentWith(access);
    // RFC 9110 section 15.5.2: what is refused with a 401 was not done, so that any method may be
    // sent again.
    if (access.token() == null || !access.isCached() || !isRefused(outcome)) {
      return outcome;
    }
    source.drop(access.token());
    Outcome refused =
        Outcome.inconclusive("status 401: the cached access token was refused; sent again");
    session.note(transmission.report(step.name(), refused));
    transmission = new Transmission(session.client(), session.clock().now(), limit);
    return sentWith(source.access(session, step.link(), limit));
  }

  private boolean isRefused(Outcome outcome) {
    return outcome.isFail() && transmission.status() == UNAUTHORIZED;
  }

  /// Without a token the step fails for the reason why there is none.
  private Outcome sentWith(Access access) {
    access.runs().forEach(session::note);
    if (!access.isCached()) {
      transmission = new Transmission(session.client(), session.clock().now(), limit);
    }
    if (access.token() != null) {
      return sent(access.token().value());
    }
    Outcome outcome = access.runs().getLast().outcome();
    repeatable = outcome.isFail();
    return outcome;
  }

  private Outcome sent(@Nullable String token) {
    try {
      return switch (step.action()) {
        case Action.Http http -> judged(Requests.of(http, session, token));
        case Action.Socket socket -> held(socket, Requests.of(socket, session, token));
      };
    } catch (IllegalArgumentException e) {
      return unsendable(e);
    }
  }

  private Outcome judged(Question question) {
    try {
      Judgement judgement = judge(transmission.fetch(question, step.link()));
      transmission.found(judgement);
      return judgement.outcome();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return broken(e);
    }
  }

  private Outcome held(Action.Socket socket, Question question) {
    try (Dialogue dialogue = transmission.dialogue(question, step.link())) {
      List<String> messages = socket.messages().stream().map(session.values()::render).toList();
      Judgement judgement = new Listening(session, step, limit.length(), dialogue).hold(messages);
      transmission.found(judgement);
      return judgement.outcome();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return broken(e);
    }
  }

  private Outcome broken(Throwable failure) {
    Outcome outcome = transmission.broken(failure);
    repeatable = outcome.isFail();
    return outcome;
  }

  private Judgement judge(Answer answer) {
    Checks checks =
        new Checks(answer, session.values(), session.mask(), step.captures(), step.labels());
    Until until = step.conduct().until();
    if (until == null) {
      return complete(answer, checks.judge(step.expectations()));
    }
    Judgement awaited = complete(answer, checks.hold(until.awaited(step.expectations())));
    repeatable = !awaited.outcome().isPass();
    return repeatable ? awaited : complete(answer, checks.judge(until.then(step.expectations())));
  }

  private Judgement complete(Answer answer, Judgement judgement) {
    return step.action() instanceof Action.Http(String _, Head _, Body.GraphQl _)
        ? new GraphQlErrors(answer, session.mask()).added(judgement, step.expected().toList())
        : judgement;
  }

  /// A captured value may not fit into a URL or header; what the operator wrote is not the target's
  /// fault.
  private Outcome unsendable(IllegalArgumentException e) {
    String detail = session.mask().value("cannot be sent: " + e.getMessage());
    return step.variables().isEmpty()
        ? Outcome.inconclusive(detail)
        : Outcome.fail(Cause.EXTRACT, detail);
  }
}
