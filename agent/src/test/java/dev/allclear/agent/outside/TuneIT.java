package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.sun.net.httpserver.HttpServer;
import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;

/// What other thresholds would have made of what a real agent saw.
@Execution(CONCURRENT)
final class TuneIT {
  private static final int FOREVER = 1_000_000;

  private final AtomicInteger toFail = new AtomicInteger();
  private final AtomicInteger good = new AtomicInteger();
  private final HttpServer server;

  @TempDir private Path folder;

  TuneIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void serve() {
    server.createContext(
        "/",
        exchange -> {
          boolean fails = toFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          exchange.sendResponseHeaders(fails ? 503 : 204, -1);
          exchange.close();
          if (!fails) {
            good.incrementAndGet();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Path config() throws IOException {
    return Files.writeString(
        folder.resolve("allclear.yaml"),
        """
        agent: {ledger: ledger}
        services:
          shop:
            rto: 2m
            detect:
              get: http://127.0.0.1:%d/
              every: 1s
              confirm: 3 of 4
              tripwire: off
            verify: {passes: 2, for: 1s, hold: 1s}
        """
            .formatted(server.getAddress().getPort()));
  }

  /// So many answers, and then good ones again: enough to refute it, and one an interval later.
  private void blip(RunningAgent agent, int answers) throws IOException, InterruptedException {
    toFail.set(answers);
    agent.process().until("all failed", () -> toFail.get() == 0);
    int before = good.get();
    agent.process().until("the blip is over", () -> good.get() >= before + 5);
  }

  private void outage(RunningAgent agent) throws IOException, InterruptedException {
    toFail.set(FOREVER);
    String id = agent.awaitIncident().path("id").asString();
    agent.process().until("many failed", () -> toFail.get() < FOREVER - 9);
    toFail.set(0);
    agent.awaitMoment(id, "verified");
  }

  @Test
  void triesOtherThresholdsOnBlipsAndAnOutage() throws IOException, InterruptedException {
    Path config = config();
    try (RunningAgent agent = RunningAgent.start(folder, config)) {
      agent.awaitHealthy();
      blip(agent, 1);
      blip(agent, 2);
      outage(agent);
      agent.process().signal("TERM");
      agent.process().await(Duration.ofMinutes(1));
    }
    Finished json = Binary.run(folder, "tune", "shop", "--config", config.toString(), "--json");
    assertEquals(0, json.code(), json::err);
    JsonNode tuned = Web.json(json.out());
    assertEquals(3, tuned.path("suspicions").asInt(), tuned::toString);
    assertEquals("3 of 4", tuned.path("current").asString());
    Map<String, String> decided = new TreeMap<>();
    for (JsonNode each : tuned.path("candidates")) {
      decided.put(
          each.path("confirm").asString(),
          "%d outages, %d blips, %d unknown"
              .formatted(
                  each.path("outages").asInt(),
                  each.path("blips").asInt(),
                  each.path("unknown").asInt()));
    }
    assertEquals(
        Map.of(
            "1 of 1", "3 outages, 0 blips, 0 unknown",
            "2 of 2", "2 outages, 1 blips, 0 unknown",
            "2 of 3", "2 outages, 1 blips, 0 unknown",
            "3 of 4", "1 outages, 2 blips, 0 unknown",
            "4 of 5", "1 outages, 2 blips, 0 unknown",
            "5 of 6", "1 outages, 2 blips, 0 unknown",
            "6 of 8", "1 outages, 2 blips, 0 unknown"),
        decided);
    assertTrue(delay(tuned, "1 of 1") < 0, tuned::toString);
    assertEquals(0, delay(tuned, "3 of 4"), tuned::toString);
    assertTrue(delay(tuned, "6 of 8") > 0, tuned::toString);

    Finished text = Binary.run(folder, "tune", "shop", "--config", config.toString());
    assertTrue(text.out().startsWith("shop: 3 suspicions in 90d; now 3 of 4\n"), text::toString);
    assertTrue(text.out().endsWith("(at least 20): nothing is recommended.\n"), text::toString);
  }

  private static double delay(JsonNode tuned, String threshold) {
    for (JsonNode each : tuned.path("candidates")) {
      if (each.path("confirm").asString().equals(threshold)) {
        return each.path("delaySeconds").path("median").asDouble();
      }
    }
    throw new AssertionError("no " + threshold + " in " + tuned);
  }
}
