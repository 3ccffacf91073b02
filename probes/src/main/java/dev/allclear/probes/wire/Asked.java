package dev.allclear.probes.wire;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One query under way, until it ends for the first reason that comes. Any thread may end it.
final class Asked {
  private final Query query;
  private final Clock clock;
  private final Moment begin;
  private final CompletableFuture<Exchanged> future = new CompletableFuture<>();

  Asked(Query query, Clock clock) {
    this.query = query;
    this.clock = clock;
    this.begin = clock.now();
  }

  Query query() {
    return query;
  }

  CompletableFuture<Exchanged> future() {
    return future;
  }

  boolean isOver() {
    return future.isDone();
  }

  /// Calls `late` if the time is up first, and `over` in any case; both on the loop.
  void await(EventLoop loop, Runnable late, Runnable over) {
    long nanos = query.timeout().minus(begin.until(clock.now())).toNanos();
    Future<?> timer = loop.schedule(late, nanos, TimeUnit.NANOSECONDS);
    var _ =
        future.whenComplete((_, _) ->
            onLoop(
                loop,
                () -> {
                  timer.cancel(false);
                  over.run();
                }));
  }

  /// Not at once from another thread, as when whoever asked cancels.
  private static void onLoop(EventLoop loop, Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (!loop.isShuttingDown()) {
      loop.execute(task);
    }
  }

  void end(Exchanged exchanged) {
    future.complete(exchanged);
  }

  void silent(Strays strays) {
    end(new Exchanged.Silent(begin, clock.now(), strays));
  }

  void refused(String reason) {
    end(new Exchanged.Refused(begin, clock.now(), reason));
  }

  void broken(Cause cause, String reason) {
    end(new Exchanged.Broken(begin, clock.now(), cause, reason));
  }

  void unsent(String reason) {
    end(new Exchanged.Unsent(begin, clock.now(), reason));
  }
}
