package dev.allclear.probes.journey;

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
import okhttp3.Dns;

/// Looks host names up for OkHttp, and gives up at the step's deadline. Used on the run's thread.
final class Lookup implements Dns {

  /// The deadline came first.
  static final class TooLate extends UnknownHostException {}

  private final Addresses addresses;
  private final Clock clock;
  private Moment deadline;

  Lookup(Addresses addresses, Clock clock) {
    this.addresses = addresses;
    this.clock = clock;
    deadline = clock.now();
  }

  void endBy(Moment moment) {
    deadline = moment;
  }

  /// On a thread of its own: OkHttp's time-out waits for a lookup that hangs.
  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    FutureTask<List<InetAddress>> task = new FutureTask<>(() -> addresses.of(host));
    Thread.ofVirtual().name("lookup " + host).start(task);
    try {
      return task.get(clock.now().until(deadline).toNanos(), TimeUnit.NANOSECONDS);
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
