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
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

final class TrackerTest {
  private final Clock clock = new SystemClock(1);

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
        Tracker _ = start(world, wire, told)) {
      News news = told.take();
      while (!(news instanceof News.Converged)) {
        if (news instanceof News.Known) {
          world.perform(new Act.FailOver(Region.EAST));
        }
        if (news instanceof News.Flipped flipped) {
          flips.put(flipped.resolver(), flipped.flip());
        }
        news = told.take();
      }
      assertEquals(3, flips.size());
      assertFalse(flips.values().stream().anyMatch(Flip::flapped));
    }
  }

  private Tracker start(World world, Wire wire, BlockingQueue<News> told) {
    Ports ports = world.ports();
    Subject subject =
        new Subject(
            "shop",
            new Question(World.HOST, "A"),
            null,
            List.of(server(ports.authority()).asAuthority()),
            List.of(server(ports.obeys()), server(ports.clamps()), server(ports.stale())),
            Duration.ofMillis(500));
    return Tracker.start(
        List.of(subject),
        new Lookup(Duration.ofSeconds(2), wire),
        clock,
        new Random(1),
        (_, news, _) -> told.add(news));
  }
}
