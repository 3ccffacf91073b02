package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.schedule.Ask;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the probes of a config go.
final class ChecksTest {
  private final List<HttpServer> servers = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  /// Answers all requests with 200 and the text; its port.
  private int serve(String address, String text) throws IOException {
    InetAddress local = InetAddress.ofLiteral(address);
    HttpServer server = HttpServer.create(new InetSocketAddress(local, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  private List<Observation> run(String config) throws IOException, BadConfig {
    Path file = Files.writeString(folder.resolve("allclear.yaml"), config);
    Settings settings = Settings.load(file, _ -> null);
    try (Wire wire = Wire.open(new SystemClock(0))) {
      return new Checks(settings, wire)
          .all().keySet().stream().map(ChecksTest::observation).toList();
    }
  }

  private static Observation observation(Check check) {
    return CompletableFuture.supplyAsync(check.probe()::run, Thread.ofVirtual()::start).join();
  }

  @Test
  void aServiceMayHaveABudgetOfItsOwn() throws IOException, BadConfig {
    String config =
        """
        agent: {budget: 9/s}
        services:
          shop: {rto: 2m, detect: https://shop.example/healthz, budget: 3/s}
          till: {rto: 2m, detect: https://till.example/healthz}
        """;
    Path file = Files.writeString(folder.resolve("allclear.yaml"), config);
    try (Wire wire = Wire.open(new SystemClock(0))) {
      assertEquals(
          List.of(
              List.of(new Ask("shop.example:443", 1, 3)),
              List.of(new Ask("till.example:443", 1, 9))),
          new Checks(Settings.load(file, _ -> null), wire)
              .all().keySet().stream().map(Check::asks).toList());
    }
  }

  /// Its token server is another service, which runs elsewhere.
  @Test
  void aRegionLeadsTheStepsAndNotTheTokenServer() throws IOException, BadConfig {
    int id = serve("127.0.0.1", "{\"access_token\": \"tok-1\"}");
    int shop = serve("127.0.0.2", "");
    List<Observation> seen =
        run(
            """
            oauth2:
              id: {token-url: "http://localhost:%d/token", client-id: probe, client-secret: s3cr3t}
            services:
              shop:
                rto: 2m
                regions: {eu: {connect-to: 127.0.0.2}}
                detect: {get: "http://localhost:%d/healthz", every: 1m, timeout: 1m}
                verify: {journeys: [orders]}
            journeys:
              orders:
                oauth2: id
                deadline: 2m
                steps: [{name: orders, get: "http://localhost:%d/orders", timeout: 1m}]
            """
                .formatted(id, shop, shop));

    assertEquals(
        List.of(Outcome.pass(), Outcome.pass()), seen.stream().map(Observation::outcome).toList());
    assertEquals(
        List.of("get at 127.0.0.2", "token id at 127.0.0.1", "orders at 127.0.0.2"),
        seen.stream().flatMap(each -> each.steps().stream()).map(ChecksTest::place).toList());
  }

  private static String place(StepRun step) {
    return step.reply() instanceof Reply.Http http
        ? step.name() + " at " + http.remote()
        : step.name() + " nowhere";
  }
}
