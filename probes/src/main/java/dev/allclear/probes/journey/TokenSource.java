package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.http.Limit;
import dev.allclear.probes.http.Link;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Gets access tokens by one grant, and keeps each until shortly before it expires. Shared by all
/// runs, on any thread; one of them fetches while the others wait.
public final class TokenSource {

  /// `until` is null if the server does not say when it expires.
  record Token(String value, @Nullable Moment until) {
    boolean isFresh(Moment now) {
      return until == null || now.isBefore(until);
    }
  }

  /// A token and what was done to get it; if there is none, the last of `runs` says why.
  record Access(@Nullable Token token, List<StepRun> runs) {

    /// True if it was there already: it may have been withdrawn meanwhile.
    boolean isCached() {
      return runs.isEmpty();
    }
  }

  private final Grant grant;
  private final ReentrantLock fetching = new ReentrantLock();
  private final AtomicReference<@Nullable Token> kept = new AtomicReference<>();

  /// The last one the server sent; guarded by `fetching`.
  private @Nullable String refreshToken;

  private TokenSource(Grant grant) {
    this.grant = grant;
  }

  public static TokenSource of(Grant grant) {
    return new TokenSource(grant);
  }

  public Grant grant() {
    return grant;
  }

  /// Forgets a token that was refused, unless another run has a new one already.
  void drop(Token refused) {
    kept.compareAndSet(refused, null);
  }

  Access access(Session session, Link link, Limit limit) {
    Moment begin = session.clock().now();
    Token token = kept(begin);
    if (token != null) {
      return new Access(token, List.of());
    }
    boolean waits = !fetching.tryLock();
    if (waits) {
      Outcome wait = await(begin, limit);
      if (!wait.isPass()) {
        return new Access(null, List.of(idle(session, begin, wait)));
      }
    }
    try {
      Token others = kept(session.clock().now());
      return others == null
          ? fetch(session, link, limit)
          : new Access(others, waits ? List.of(idle(session, begin, Outcome.pass())) : List.of());
    } finally {
      fetching.unlock();
    }
  }

  /// If the run that fetches gets none, this one tries itself.
  private Outcome await(Moment begin, Limit limit) {
    try {
      long left = begin.until(limit.deadline()).toNanos();
      return fetching.tryLock(left, TimeUnit.NANOSECONDS)
          ? Outcome.pass()
          : Outcome.fail(
              Cause.TIMEOUT,
              "%s: another run has waited for it longer than %s"
                  .formatted(grant.stepName(), Figures.written(limit.length())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Outcome.inconclusive("interrupted");
    }
  }

  private Access fetch(Session session, Link link, Limit limit) {
    TokenFetch fetch = new TokenFetch(grant, refreshToken, session, link, limit);
    StepRun run = fetch.run();
    kept.set(fetch.token());
    refreshToken = fetch.refreshToken();
    return new Access(fetch.token(), List.of(run));
  }

  private @Nullable Token kept(Moment now) {
    Token token = kept.get();
    return token == null || !token.isFresh(now) ? null : token;
  }

  private StepRun idle(Session session, Moment begin, Outcome outcome) {
    return new StepRun(grant.stepName(), begin, session.clock().now(), outcome, Reply.nothing());
  }
}
