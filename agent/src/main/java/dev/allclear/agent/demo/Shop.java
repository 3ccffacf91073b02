package dev.allclear.agent.demo;

import dev.allclear.agent.demo.Truth.Change;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The shop in one region, which can be broken, mended and cold. A request reads the state under
/// the lock under which it changes, so no answer contradicts the recorded truth. Any thread.
final class Shop implements Closeable {
  private final Region region;
  private final Storefront storefront;
  private final Chronicle chronicle;
  private final Executor threads;
  private InetSocketAddress address;
  private @Nullable Site site;
  private @Nullable Breakage broken;
  private @Nullable Moment warmAt;
  private boolean closed;

  private Shop(
      Region region,
      InetSocketAddress address,
      Storefront storefront,
      Chronicle chronicle,
      Executor threads) {
    this.region = region;
    this.address = address;
    this.storefront = storefront;
    this.chronicle = chronicle;
    this.threads = threads;
  }

  /// Port 0 takes a free one, which the shop keeps while it is broken.
  static Shop open(
      Region region,
      InetSocketAddress address,
      Storefront storefront,
      Chronicle chronicle,
      Executor threads)
      throws IOException {
    Shop shop = new Shop(region, address, storefront, chronicle, threads);
    shop.listen();
    return shop;
  }

  private synchronized void listen() throws IOException {
    if (site == null && !closed) {
      Site opened = Site.open(address, this::answer, threads);
      site = opened;
      address = opened.address();
    }
  }

  synchronized InetSocketAddress address() {
    return address;
  }

  synchronized void breakDown(Breakage how) throws IOException {
    if (how == broken) {
      return;
    }
    Moment before = chronicle.now();
    if (how == Breakage.REFUSE) {
      shut();
    } else {
      listen();
    }
    broken = how;
    notifyAll();
    chronicle.add(Bounds.between(before, chronicle.now()), new Change.Broke(region, how));
  }

  synchronized void mend() throws IOException {
    if (broken == null) {
      return;
    }
    Moment before = chronicle.now();
    listen();
    broken = null;
    notifyAll();
    chronicle.add(Bounds.between(before, chronicle.now()), new Change.Mended(region));
  }

  /// Makes the region cold until `length` from now.
  synchronized void warm(Duration length) {
    settle();
    Moment before = chronicle.now();
    warmAt = before.plus(length);
    chronicle.add(Bounds.between(before, chronicle.now()), new Change.Cooled(region));
  }

  /// Records the change that time alone has brought about.
  synchronized void settle() {
    Moment warm = warmAt;
    if (warm != null && !chronicle.now().isBefore(warm)) {
      warmAt = null;
      chronicle.add(Bounds.at(warm), new Change.Warmed(region));
    }
  }

  /// For people.
  synchronized String state() {
    settle();
    String health = broken == null ? "healthy" : "broken: " + broken.effect();
    return warmAt == null ? health : health + ", cold: its checkout fails";
  }

  private Response answer(Request request) throws IOException {
    Response obstacle = obstacle(request.line().equals("POST /checkout"));
    Response response = obstacle == null ? storefront.answer(request) : obstacle;
    return response.with("X-Served-By", region.label());
  }

  private synchronized @Nullable Response obstacle(boolean checkout) throws IOException {
    awaitAnswers();
    settle();
    return switch (broken) {
      case null -> checkout && warmAt != null ? Response.problem(503, "warming up") : null;
      case ERROR -> Response.problem(503, "out of order");
      case CHECKOUT -> checkout ? Response.problem(500, "the payment failed") : null;
      case REFUSE, HANG -> throw new IOException("the connection is dropped");
    };
  }

  private synchronized void awaitAnswers() throws InterruptedIOException {
    try {
      while (broken == Breakage.HANG && !closed) {
        wait();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the shop closes");
    }
  }

  private void shut() {
    Site open = site;
    if (open != null) {
      site = null;
      open.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    shut();
  }
}
