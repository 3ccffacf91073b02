package dev.allclear.probes.journey;

import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.journey.TokenSource.Access;
import dev.allclear.probes.journey.TokenSource.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step with what has to be done for it first: an access token is fetched if it needs one that is
/// not there. Used on the run's thread.
final class Turn {

  private static final int UNAUTHORIZED = 401;

  private final Session session;
  private final Step step;
  private final Moment start;
  private final Limit limit;
  private final List<StepRun> runs = new ArrayList<>();

  Turn(Session session, Step step, Moment start, Duration limit) {
    this.session = session;
    this.step = step;
    this.start = start;
    this.limit = Limit.from(start, limit);
  }

  /// What was done, in order; the last one decides, and is the step itself unless there was no
  /// token.
  List<StepRun> run() {
    if (step.action().head().auth() instanceof Auth.OAuth2(TokenSource source)) {
      sendWithTokenOf(source);
    } else {
      runs.add(send(start, null));
    }
    return List.copyOf(runs);
  }

  private void sendWithTokenOf(TokenSource source) {
    Access access = source.access(session, limit);
    runs.addAll(access.runs());
    if (access.token() == null) {
      return;
    }
    StepRun sent = send(runs.isEmpty() ? start : session.clock().now(), access.token());
    runs.add(sent);
    // RFC 9110 section 15.5.2: a 401 was not applied, so that any method may be sent again.
    if (access.isCached() && isRefused(sent)) {
      source.drop(access.token());
      runs.set(0, refused(sent));
      sendAgain(source.access(session, limit));
    }
  }

  private void sendAgain(Access access) {
    runs.addAll(access.runs());
    if (access.token() != null) {
      runs.add(send(session.clock().now(), access.token()));
    }
  }

  private StepRun send(Moment begin, @Nullable Token token) {
    return new Attempt(session, step, begin, limit, token == null ? null : token.value()).run();
  }

  private static boolean isRefused(StepRun run) {
    return run.outcome().isFail()
        && run.reply() instanceof Reply.Http http
        && http.status() == UNAUTHORIZED;
  }

  private static StepRun refused(StepRun run) {
    Outcome outcome =
        Outcome.inconclusive("status 401: the cached access token was refused; sent again");
    return run.withOutcome(outcome);
  }
}
