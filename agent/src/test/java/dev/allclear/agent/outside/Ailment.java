package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// A kind of outage, with the two services that suffer from it: one is watched over a held
/// connection that is idle, one over a connection that is asked all the time. `more` is what else
/// stands in their `detect`, `rest` what else they have.
record Ailment(
    String name,
    String url,
    String more,
    String rest,
    String level,
    Truth.Change falls,
    Truth.Change rises) {

  /// About as long as outages of tests take, so that every verdict is given.
  static final String RTO = "5s";

  private static final int LONGEST_PAUSE = 2_000;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> WATCHED = List.of("", "-asked");

  private static final String SERVICE =
      """
        {name}:
          rto: {rto}
          detect: {get: "{url}", every: 1s, timeout: 800ms, tripwire: {tripwire}{more}}
          verify: {passes: 2, for: 1s, hold: 1s{verify}}
      {rest}
      """;

  /// Down, and nothing else to say.
  Ailment(String name, String url, Truth.Change falls, Truth.Change rises) {
    this(name, url, "", "", "down", falls, rises);
  }

  /// The same, with this in `detect`.
  Ailment detecting(String other) {
    return new Ailment(name, url, ", " + other, rest, level, falls, rises);
  }

  /// The same, with this line in the service.
  Ailment with(String line) {
    return new Ailment(name, url, more, rest + "    " + line + "\n", level, falls, rises);
  }

  /// The same, but it is less bad, for this reason.
  Ailment degraded(String to, String reason) {
    String line = "degraded: {%s: {%s, rto: %s}}".formatted(to, reason, RTO);
    return new Ailment(name, url, more, rest, to, falls, rises).with(line);
  }

  /// As they stand under `services`.
  String services(String verify) {
    return service(WATCHED.getFirst(), "on", verify)
        + service(WATCHED.getLast(), "{ping: 250ms}", verify);
  }

  private String service(String suffix, String tripwire, String verify) {
    return SERVICE
        .replace("{name}", name + suffix)
        .replace("{rto}", RTO)
        .replace("{url}", url)
        .replace("{tripwire}", tripwire)
        .replace("{more}", more)
        .replace("{verify}", verify)
        .replace("{rest}", rest);
  }

  /// So many outages, one after the other.
  void suffer(RunningAgent agent, int rounds, RandomGenerator random)
      throws IOException, InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      agent.process().pass(Duration.ofMillis(random.nextInt(LONGEST_PAUSE)));
      Truth onset = Truth.of(falls);
      for (String suffix : WATCHED) {
        await(agent, name + suffix, round, "open");
      }
      agent.process().pass(Duration.ofMillis(random.nextInt(LONGEST_PAUSE)));
      Truth restored = Truth.of(rises);
      for (String suffix : WATCHED) {
        assertTold(onset, restored, await(agent, name + suffix, round, "closed"));
      }
    }
  }

  /// The newest of a service, once there are so many and it stands so.
  private static JsonNode await(RunningAgent agent, String service, int count, String state)
      throws IOException, InterruptedException {
    String url = agent.url("/api/v1/incidents?service=" + service);
    Instant end = Instant.now().plus(LIMIT);
    JsonNode all = Web.json(Web.get(url));
    while (all.size() != count || !all.path(0).path("state").asString().equals(state)) {
      assertTrue(Instant.now().isBefore(end), count + " of " + service + ", " + state + ": " + all);
      agent.process().pass(LOOK);
      all = Web.json(Web.get(url));
    }
    return all.path(0);
  }

  private void assertTold(Truth onset, Truth restored, JsonNode incident) {
    onset.assertWithin(incident.path("onset"));
    restored.assertWithin(incident.path("restored"));
    assertSpans(onset, restored, incident.path("durations").path("downtime"));
    assertEquals(0, incident.path("falseRecoveries").asInt(), incident::toString);
    JsonNode worst = incident.path("levels").path(0);
    assertEquals(level, worst.path("level").asString(), incident::toString);
    assertJudged(onset, incident);
  }

  private static void assertSpans(Truth from, Truth to, JsonNode span) {
    double least = seconds(from.after(), to.before());
    double most = seconds(from.before(), to.after());
    assertTrue(
        span.path("min").asDouble() <= most + 0.001 && least <= span.path("max").asDouble() + 0.001,
        () -> span + " does not contain " + from + " to " + to);
  }

  /// What took longer than the objective is not met, what took less is not missed.
  private static void assertJudged(Truth onset, JsonNode incident) {
    Instant verified = Instant.parse(incident.path("verified").asString());
    JsonNode rto = incident.path("rto");
    double objective = rto.path("seconds").asDouble();
    boolean met = seconds(onset.after(), verified) <= objective + 0.001;
    boolean missed = seconds(onset.before(), verified) > objective - 0.001;
    String verdict = rto.path("verdict").asString();
    assertTrue(
        switch (verdict) {
          case "met" -> met;
          case "missed" -> missed;
          default -> verdict.equals("inconclusive");
        },
        () -> onset + ": " + incident);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
