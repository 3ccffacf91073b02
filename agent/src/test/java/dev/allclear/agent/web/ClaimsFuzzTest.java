package dev.allclear.agent.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.config.SharedSecret;
import dev.allclear.agent.config.WebhookSettings;
import dev.allclear.agent.json.ClaimType;
import dev.allclear.agent.json.EventJson;
import dev.allclear.agent.outage.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is sent, the answer is one of a client's errors or a claim that can be written down.
final class ClaimsFuzzTest {
  private static final String[] SCRAPS = {
    "null",
    "{}",
    "[]",
    "\"\"",
    "1e999",
    "-1",
    "99999999999999999999",
    "true",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"checkout\"",
    "\"2026-01-01T00:00:30Z\"",
    "[[",
    "\"\\u202e\"",
    "\"1s\"",
    "\"+999999999-12-31T23:59:59Z\"",
    "\"" + "x".repeat(600) + "\"",
    ",",
    ":",
    "\"key\"",
    "\"at\""
  };

  private final World world =
      new World()
          .with(
              null,
              new WebhookSettings(
                  new WebhookSettings.Alertmanager("service", "region", Map.of(), Map.of()),
                  new WebhookSettings.PagerDuty(List.of(new SharedSecret("a-secret")), Map.of())));

  private static List<String> seeds() {
    List<String> seeds = new ArrayList<>();
    for (ClaimType type : ClaimType.values()) {
      seeds.add(
          type.example()
              .put("service", "checkout")
              .put("at", "2026-01-01T00:00:30Z")
              .put("error", "1s")
              .put("actor", "eve")
              .put("key", "KEY")
              .toString());
    }
    seeds.add("[" + String.join(",", seeds) + "]");
    seeds.add(
        "{\"version\":\"4\",\"alerts\":[{\"status\":\"resolved\",\"labels\":{\"alertname\":\"a\","
            + "\"service\":\"checkout\"},\"startsAt\":\"2026-01-01T00:00:30Z\","
            + "\"endsAt\":\"2026-01-01T00:00:40Z\",\"fingerprint\":\"f\"}]}");
    return seeds;
  }

  /// Pieces replaced, dropped or said twice.
  private static String mutated(String seed, Random random) {
    StringBuilder text = new StringBuilder(seed);
    for (int change = random.nextInt(4); change > 0 && text.length() > 1; change--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> text.replace(from, to, SCRAPS[random.nextInt(SCRAPS.length)]);
        case 1 -> text.delete(from, to);
        case 2 -> text.insert(from, text.substring(from, to));
        case 3 -> replaceValue(text, random);
        default -> throw new AssertionError();
      }
    }
    return text.toString();
  }

  private static void replaceValue(StringBuilder text, Random random) {
    int colon = text.indexOf("\":", random.nextInt(text.length()));
    int end = colon < 0 ? -1 : text.indexOf(",", colon);
    if (end > 0) {
      text.replace(colon + 2, end, SCRAPS[random.nextInt(SCRAPS.length)]);
    }
  }

  private static int status(Sources sources, String body, int way) {
    try {
      return switch (way) {
        case 0 -> new Claims(sources).take(body, "").status();
        case 1 -> new AlertmanagerHook(sources).take(body).status();
        default ->
            new PagerDutyHook(sources)
                .take(body.getBytes(StandardCharsets.UTF_8), "v1=" + body)
                .status();
      };
    } catch (BadRequest e) {
      return e.answer().status();
    }
  }

  @Test
  void nothingThatIsSentBreaksTheAgent() {
    List<String> seeds = seeds();
    Sources sources = world.sources();
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      String whole = seeds.get(random.nextInt(seeds.size())).replace("KEY", "k" + seed);
      String body = mutated(whole, random);
      int status = status(sources, body, random.nextInt(3));
      assertTrue(status >= 200 && status < 500, "seed " + seed + ": " + status + " " + body);
    }
    List<Change> written = world.said();
    assertTrue(written.size() > 100, () -> "only " + written.size());
    for (Change change : written) {
      String body = EventJson.write(change.event());
      assertTrue(EventJson.read("claimed", body).equals(change.event()), body);
    }
  }
}
