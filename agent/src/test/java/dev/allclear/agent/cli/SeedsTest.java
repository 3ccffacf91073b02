package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `probe --seed`.
final class SeedsTest {
  private static final Pattern SEED = Pattern.compile("\"seed\":(\\d+)");

  @TempDir private Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private Path config;

  SeedsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    config =
        Files.writeString(
            folder.resolve("allclear.yaml"),
            """
            services:
              shop: {rto: 2m, verify: {journeys: [buy, plain]}}
            journeys:
              buy: {steps: [{name: buy, get: "http://localhost:%1$d/${uuid()}/${random-int(1, 999999)}"}]}
              plain: {steps: [{name: home, get: "http://localhost:%1$d/"}]}
            """
                .formatted(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Ran probe(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "probe";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--config";
    all[all.length - 1] = config.toString();
    return Ran.of(all);
  }

  @Test
  void theSeedOfAFailedRunRepeatsItsChance() {
    Ran first = probe("buy", "--json");
    Matcher seed = SEED.matcher(first.out());
    assertTrue(seed.find(), first::out);
    Ran again = probe("buy", "--seed", seed.group(1));

    assertEquals(1, again.code());
    assertEquals(2, asked.size());
    assertEquals(asked.getFirst(), asked.getLast());
    assertTrue(
        again
            .out()
            .endsWith("what it left to chance comes again with --seed " + seed.group(1) + "\n"),
        again::out);
  }

  @Test
  void eachRunHasTheNextSeed() {
    Ran both = probe("buy", "--repeat", "2", "--seed", "42");
    var _ = probe("buy", "--seed", "43");

    assertTrue(
        both.out().endsWith("2 x buy: status 503, expected 200-299 (status); --seed 42\n"),
        both::out);
    assertEquals(3, asked.size());
    assertEquals(asked.get(1), asked.get(2));
    assertFalse(asked.get(0).equals(asked.get(1)), asked::toString);
  }

  @Test
  void whatLeavesNothingToChanceHasNoSeed() {
    assertEquals(
        new Ran(2, "", "allclear: `plain` leaves nothing to chance; remove --seed\n"),
        probe("plain", "--seed", "42"));
    assertFalse(probe("plain").out().contains("seed"));
    assertFalse(probe("plain", "--json").out().contains("seed"));
  }
}
