package dev.allclear.agent.propagation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.demo.Act;
import dev.allclear.agent.demo.Ports;
import dev.allclear.agent.demo.Region;
import dev.allclear.agent.demo.World;
import dev.allclear.probes.Clock;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The demo's caches over sockets, on a real clock.
final class TrackerIT {
  private final Clock clock = new SystemClock(1);
  private @Nullable Subject subject;

  private static Server server(int port) {
    String address = "127.0.0.1:" + port;
    return Server.parse(address, address);
  }

  @Test
  void followsAChangeThroughCachesThatObeyClampAndServeStale()
      throws IOException, InterruptedException {
    BlockingQueue<News> told = new LinkedBlockingQueue<>();
    Map<String, Flip> flips = new HashMap<>();
    try (World world = World.start(Ports.FREE, clock, 1);
        Wire wire = Wire.open(clock);
        Tracker tracker = start(world, wire, told)) {
      News news = next(told, tracker);
      while (!(news instanceof News.Converged)) {
        if (news instanceof News.Known) {
          fillCaches(world, wire);
          world.perform(new Act.FailOver(Region.EAST));
        }
        if (news instanceof News.Flipped flipped) {
          flips.put(flipped.resolver(), flipped.flip());
        }
        news = next(told, tracker);
      }
      assertEquals(3, flips.size());
      assertFalse(flips.values().stream().anyMatch(Flip::flapped));
    }
  }

  /// Within a minute, or what is known by then.
  private News next(BlockingQueue<News> told, Tracker tracker) throws InterruptedException {
    News news = told.poll(1, TimeUnit.MINUTES);
    return Objects.requireNonNull(news, () -> "nothing more of " + spread(tracker));
  }

  private String spread(Tracker tracker) {
    return String.valueOf(Objects.requireNonNull(subject).name() + tracker.spread(subject));
  }

  private static void fillCaches(World world, Wire wire) {
    Ports ports = world.ports();
    List<Server> caches =
        List.of(server(ports.obeys()), server(ports.clamps()), server(ports.stale()));
    assertEquals(
        3,
        new Lookup(Duration.ofSeconds(2), wire).ask(new Question(World.HOST, "A"), caches).size());
  }

  private Tracker start(World world, Wire wire, BlockingQueue<News> told) {
    Ports ports = world.ports();
    Subject shop =
        new Subject(
            "shop",
            new Question(World.HOST, "A"),
            null,
            List.of(server(ports.authority()).asAuthority()),
            List.of(server(ports.obeys()), server(ports.clamps()), server(ports.stale())),
            Duration.ofMillis(500));
    subject = shop;
    return Tracker.start(
        List.of(shop),
        new Lookup(Duration.ofSeconds(2), wire),
        clock,
        new Random(1),
        (_, news, _) -> told.add(news));
  }
}
