package dev.allclear.probes.http;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/// Looks host names up for OkHttp, or the one name to which all lead, and gives up at a deadline.
/// Any thread.
final class Lookup implements Dns {

  /// The deadline came first.
  static final class TooLate extends UnknownHostException {}

  private final Addresses addresses;
  private final @Nullable String target;
  private final Clock clock;
  private final Supplier<Moment> deadline;

  Lookup(Addresses addresses, @Nullable String target, Clock clock, Supplier<Moment> deadline) {
    this.addresses = addresses;
    this.target = target;
    this.clock = clock;
    this.deadline = deadline;
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    if (target == null) {
      return resolve(host);
    }
    InetAddress literal = literal(target);
    return literal == null ? resolve(target) : List.of(literal);
  }

  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// On a thread of its own: OkHttp's time-out waits for a lookup that hangs.
  private List<InetAddress> resolve(String host) throws UnknownHostException {
    FutureTask<List<InetAddress>> task = new FutureTask<>(() -> addresses.of(host));
    Thread.ofVirtual().name("lookup " + host).start(task);
    try {
      return task.get(clock.now().until(deadline.get()).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new TooLate();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException("interrupted");
    } catch (ExecutionException e) {
      throw reasonOf(e);
    } finally {
      task.cancel(true);
    }
  }

  private static UnknownHostException reasonOf(ExecutionException e) {
    return switch (e.getCause()) {
      case UnknownHostException unknown -> unknown;
      case RuntimeException bug -> throw bug;
      case null, default -> throw new IllegalStateException("lookup failed", e);
    };
  }
}
