package dev.allclear.probes.wire;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The lanes to every server. Few queries each get a lane of their own, by which the port changes
/// with every query; many share some, in random order. Confined to its loop.
final class Datagrams {
  static final int MOST_PER_SERVER = 16;
  static final int MOST = 512;
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration OLD = Duration.ofMinutes(3);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final Clock clock;
  private final RandomGenerator random;
  private final Consumer<Strays> seen;
  private final Map<InetSocketAddress, List<Lane>> lanes = new HashMap<>();

  /// Those included that have retired but wait for answers.
  private final Set<Channel> open = new HashSet<>();

  private boolean sweeping;
  private boolean closed;

  /// Tells `seen` of every stray.
  Datagrams(EventLoop loop, Clock clock, RandomGenerator random, Consumer<Strays> seen) {
    this.loop = loop;
    this.clock = clock;
    this.random = random;
    this.seen = seen;
  }

  void ask(Asked asked, InetSocketAddress server) {
    if (closed) {
      asked.unsent(Wire.CLOSED);
      return;
    }
    // Once for everything: it is the dearest part of a query.
    long bits = random.nextLong();
    Lane lane = lane(server, (int) (bits >>> 56));
    if (lane == null) {
      asked.unsent("all %d sockets wait for answers".formatted(MOST));
    } else {
      lane.send(asked, bits);
    }
  }

  /// Closes every socket, and opens no more.
  void close() {
    closed = true;
    for (Channel channel : List.copyOf(open)) {
      var _ = channel.close();
    }
  }

  private @Nullable Lane lane(InetSocketAddress server, int choice) {
    if (open.size() >= MOST) {
      retire(Duration.ZERO);
    }
    List<Lane> its = lanes.computeIfAbsent(server, _ -> new ArrayList<>());
    retire(its, Lane::isWorn);
    if (its.size() < MOST_PER_SERVER && open.size() < MOST) {
      its.add(open(server));
      return its.getLast();
    }
    return its.isEmpty() ? null : its.get(choice % its.size());
  }

  private Lane open(InetSocketAddress server) {
    Lane lane = Lane.open(loop, server, clock, random, seen);
    Channel channel = lane.channel();
    open.add(channel);
    channel.closeFuture().addListener(_ -> open.remove(channel));
    if (!sweeping) {
      sweeping = true;
      var _ = loop.schedule(this::sweep, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }
    return lane;
  }

  private void sweep() {
    retire(IDLE);
    sweeping = !lanes.isEmpty();
    if (sweeping) {
      var _ = loop.schedule(this::sweep, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void retire(Duration idle) {
    Moment now = clock.now();
    for (List<Lane> its : lanes.values()) {
      retire(its, lane -> lane.isIdle(idle, now) || lane.isOlderThan(OLD, now) || lane.isWorn());
    }
    lanes.values().removeIf(List::isEmpty);
  }

  private static void retire(List<Lane> lanes, Predicate<Lane> which) {
    lanes.removeIf(lane -> {
      boolean retires = which.test(lane);
      if (retires) {
        lane.retire();
      }
      return retires;
    });
  }
}
