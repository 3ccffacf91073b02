package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.outside.Site.Down;
import dev.allclear.agent.outside.Site.Trouble;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;

/// A real agent that is killed without warning at random moments around the outages of real
/// servers, sometimes while it starts, and started again on the same ledger.
@Execution(CONCURRENT)
final class KillIT {
  private static final System.Logger LOG = System.getLogger(KillIT.class.getName());
  private static final int KILLS = Boolean.getBoolean("allclear.long") ? 200 : 6;
  private static final int SITES = 5;
  private static final List<Trouble> TROUBLES = List.of(Trouble.values());

  @TempDir private Path folder;
  private final long seed = Long.getLong("allclear.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<Site> sites = Stream.generate(Site::new).limit(SITES).toList();
  private Shown shown = Shown.NOTHING;

  @AfterEach
  void close() {
    sites.forEach(Site::close);
  }

  private Path config() throws IOException {
    StringBuilder services = new StringBuilder("services:\n");
    for (int i = 0; i < SITES; i++) {
      services.append(
          """
            shop%d:
              rto: 5s
              detect: {get: "%s", every: 1s, timeout: 1s, confirm: 2 of 3}
              verify: {passes: 2, for: 300ms, hold: 600ms}
          """
              .formatted(i, sites.get(i).url()));
    }
    return Files.writeString(folder.resolve("allclear.yaml"), services);
  }

  @Test
  void isTheSameOutageWithSoundBoundsHoweverOftenItIsKilled()
      throws IOException, InterruptedException {
    LOG.log(Level.INFO, "{0} kills, seed {1,number,#}", KILLS, seed);
    Path config = config();
    for (int kill = 0; kill < KILLS; kill++) {
      if (kill % 4 == 3) {
        diesWhileItStarts(config);
      } else {
        livesFor(1 + random.nextInt(3), config, "seed %d, after kill %d".formatted(seed, kill));
      }
    }
    try (RunningAgent agent = RunningAgent.start(folder, config)) {
      mend();
      agent.process().until("all is over", () -> isOver(agent));
      shown.assertKept(Shown.by(agent), "seed %d, in the end".formatted(seed));
      assertSound(agent);
    }
  }

  private void livesFor(int turns, Path config, String when)
      throws IOException, InterruptedException {
    try (RunningAgent agent = RunningAgent.start(folder, config)) {
      Shown now = Shown.by(agent);
      shown.assertKept(now, when);
      assertPageShows(agent, now);
      for (int turn = 0; turn < turns; turn++) {
        turn();
        agent.process().pass(moment(1200));
      }
      shown = Shown.by(agent);
      agent.process().pass(moment(100));
      agent.kill();
    }
  }

  /// What was open is still to be seen, as long as no more came since than the page has room for.
  private void assertPageShows(RunningAgent agent, Shown now)
      throws IOException, InterruptedException {
    String page = Web.get(agent.url("/"));
    shown.page().forEach(id -> assertTrue(page.contains("/incidents/" + id), id + ": " + now));
  }

  private void diesWhileItStarts(Path config) throws IOException, InterruptedException {
    int port = Ports.free();
    try (Child agent =
        Binary.start(
            folder, "run", "--config", config.toString(), "--listen", "127.0.0.1:" + port)) {
      agent.pass(moment(500));
      turn();
      agent.pass(moment(1000));
      agent.kill();
    }
  }

  private Duration moment(int longest) {
    return Duration.ofMillis(random.nextInt(longest));
  }

  private void turn() throws IOException, InterruptedException {
    Site site = sites.get(random.nextInt(SITES));
    if (site.isDown()) {
      site.comes();
    } else {
      site.goes(TROUBLES.get(random.nextInt(TROUBLES.size())));
    }
  }

  private void mend() throws IOException, InterruptedException {
    for (Site site : sites) {
      if (site.isDown()) {
        site.comes();
      }
    }
  }

  private static boolean isOver(RunningAgent agent) throws IOException, InterruptedException {
    JsonNode services = Web.json(Web.get(agent.url("/api/v1/status"))).path("services");
    return services.findValuesAsString("state").stream().allMatch("healthy"::equals)
        && agent.incidents().stream().noneMatch(KillIT::isOpen);
  }

  private static boolean isOpen(JsonNode incident) {
    return incident.path("state").asString().equals("open");
  }

  private void assertSound(RunningAgent agent) throws IOException, InterruptedException {
    List<JsonNode> incidents = agent.incidents();
    for (JsonNode incident : incidents) {
      String service = incident.path("service").asString();
      Site site = sites.get(Integer.parseInt(service.substring("shop".length())));
      assertTrue(
          isSound(incident, site.history()),
          () -> "seed %d: %s, but %s".formatted(seed, incident, site.history()));
    }
    long downs = sites.stream().mapToLong(site -> site.history().size()).sum();
    long survivors =
        incidents.stream().filter(each -> each.path("unobservedSeconds").asDouble() > 0).count();
    LOG.log(
        Level.INFO,
        "{0} outages of {1} times down, {2} went on over a kill; all sound",
        incidents.size(),
        downs,
        survivors);
    assertTrue(incidents.size() > KILLS / 4, () -> "seed " + seed + " had too few outages");
  }

  /// Whether it began with one of the site's troubles and ended with that or a later one, after
  /// just as long.
  private static boolean isSound(JsonNode incident, List<Down> history) {
    JsonNode downtime = incident.path("durations").path("downtime");
    return IntStream.range(0, history.size())
        .filter(i -> history.get(i).onset().canBeIn(incident.path("onset")))
        .anyMatch(i ->
            history.subList(i, history.size()).stream()
                .map(Down::end)
                .anyMatch(end ->
                    end != null
                        && end.canBeIn(incident.path("restored"))
                        && history.get(i).onset().canTake(downtime, end)));
  }
}
