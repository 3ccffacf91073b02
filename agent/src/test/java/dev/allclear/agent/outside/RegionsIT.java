package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;

/// Two regions, each with a real server, that go one after the other, and a service that depends on
/// them.
@Execution(CONCURRENT)
final class RegionsIT {
  @TempDir private Path folder;
  private final int port = Ports.free();
  private final Server eu = new Server("127.0.0.2", port);
  private final Server us = new Server("127.0.0.3", port);
  private final Server front = new Server("127.0.0.1", Ports.free());

  /// Says who it is.
  private static final class Server {
    private final InetSocketAddress address;
    private volatile String name = "eu";
    private @Nullable HttpServer running;

    Server(String host, int port) {
      address = new InetSocketAddress(host, port);
    }

    void comes(String as) throws IOException {
      name = as;
      HttpServer opened =
          HttpServer.create(
              new InetSocketAddress(
                  InetAddress.getByName(address.getHostString()), address.getPort()),
              0);
      opened.createContext("/", this::answer);
      opened.start();
      running = opened;
    }

    private void answer(HttpExchange exchange) throws IOException {
      try (exchange) {
        exchange.getResponseHeaders().set("X-Served-By", name);
        exchange.sendResponseHeaders(204, -1);
      }
    }

    void goes() {
      if (running != null) {
        running.stop(0);
        running = null;
      }
    }
  }

  @AfterEach
  void close() {
    List.of(eu, us, front).forEach(Server::goes);
  }

  private Path config() throws IOException {
    String shop =
        """
          %s:
            rto: 1m
            down-when: %s
            regions: {eu: {connect-to: 127.0.0.2}, us: {connect-to: 127.0.0.3}}
            detect: {get: "http://localhost:%d/", every: 1s, timeout: 1s, confirm: 2 of 3}
            verify: {passes: 2, for: 300ms, hold: 1m}
        """;
    String services =
        shop.formatted("shop", "any", port) + shop.formatted("store", "all", port) + front();
    return Files.writeString(folder.resolve("allclear.yaml"), "services:\n" + services);
  }

  private String front() {
    return """
      front:
        rto: 1m
        depends-on: [shop]
        detect:
          get: http://127.0.0.1:%d/
          every: 1s
          timeout: 1s
          confirm: 2 of 3
          labels: {served-by: {header: X-Served-By}}
        verify: {passes: 2, for: 300ms, hold: 1m}
    """
        .formatted(front.address.getPort());
  }

  private static List<String> states(RunningAgent agent) throws IOException, InterruptedException {
    return Web.json(Web.get(agent.url("/api/v1/status")))
        .path("services")
        .findValuesAsString("state");
  }

  private static JsonNode service(RunningAgent agent, String name)
      throws IOException, InterruptedException {
    JsonNode services = Web.json(Web.get(agent.url("/api/v1/services")));
    return StreamSupport.stream(services.spliterator(), false)
        .filter(each -> each.path("service").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Of the cells front, shop in EU and US, and store in both.
  private static void until(RunningAgent agent, String... states)
      throws IOException, InterruptedException {
    agent.process().until("states " + List.of(states), () -> states(agent).equals(List.of(states)));
  }

  @Test
  void aServiceIsDownByItsRegionsAndVerifiedAfterWhatItDependsOn()
      throws IOException, InterruptedException {
    eu.comes("eu");
    us.comes("us");
    front.comes("eu");
    try (RunningAgent agent = RunningAgent.start(folder, config())) {
      until(agent, "healthy", "healthy", "healthy", "healthy", "healthy");
      Truth euGone = Truth.of(eu::goes);
      until(agent, "healthy", "down", "healthy", "down", "healthy");
      assertTrue(service(agent, "shop").path("down").asBoolean());
      assertFalse(service(agent, "store").path("down").asBoolean());
      Truth usGone = Truth.of(us::goes);
      until(agent, "healthy", "down", "down", "down", "down");
      Truth frontGone = Truth.of(front::goes);
      until(agent, "down", "down", "down", "down", "down");
      Truth frontBack = Truth.of(() -> front.comes("us"));
      until(agent, "verifying", "down", "down", "down", "down");

      Truth euBack = Truth.of(() -> eu.comes("eu"));
      until(agent, "verifying", "verified", "down", "verified", "down");
      assertFalse(service(agent, "store").path("down").asBoolean());
      Truth usBack = Truth.of(() -> us.comes("us"));
      until(agent, "verified", "verified", "verified", "verified", "verified");

      JsonNode shop = service(agent, "shop").path("outage");
      euGone.assertWithin(shop.path("onset"));
      usBack.assertWithin(shop.path("restored"));
      assertEquals(List.of("eu", "us"), shop.path("verifiedRegions").findValuesAsString("region"));
      JsonNode store = service(agent, "store").path("outage");
      usGone.assertWithin(store.path("onset"));
      euBack.assertWithin(store.path("restored"));
      assertFront(agent, frontGone, frontBack, Instant.parse(shop.path("verified").asString()));
    }
  }

  private static void assertFront(RunningAgent agent, Truth gone, Truth back, Instant shopVerified)
      throws IOException, InterruptedException {
    JsonNode front =
        agent.incident(
            agent.incidents().stream()
                .filter(each -> each.path("service").asString().equals("front"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString());
    gone.assertWithin(front.path("onset"));
    back.assertWithin(front.path("restored"));
    assertFalse(
        Instant.parse(front.path("verified").asString()).isBefore(shopVerified), front::toString);
    assertTrue(front.toString().contains("waits for shop, which it depends on"), front::toString);
    JsonNode metrics = front.path("metrics");
    JsonNode shift = metrics.path("shifts").path(0);
    assertEquals("eu", shift.path("from").path(0).asString(), metrics::toString);
    assertEquals("us", shift.path("to").path(0).asString(), metrics::toString);
    back.assertWithin(shift.path("complete"));
    // Before, or undetermined where the front was not asked in between.
    assertNotEquals("after", metrics.path("dependencies").path(0).path("began").asString());
  }
}
