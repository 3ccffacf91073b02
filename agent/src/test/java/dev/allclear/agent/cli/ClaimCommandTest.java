package dev.allclear.agent.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ClaimCommandTest {
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private HttpServer agent;
  private volatile int status = 202;
  private volatile String answer =
      "{\"type\":\"dns-changed\",\"name\":\"shop.example\","
          + "\"at\":\"2026-01-31T12:03:40.000Z\",\"actor\":\"deploy-42\"}";

  @BeforeEach
  void start() throws IOException {
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          told.add(
              "%s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Content-Type"),
                      new String(body, StandardCharsets.UTF_8)));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    agent.start();
  }

  @AfterEach
  void stop() {
    agent.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + agent.getAddress().getPort();
  }

  private Ran claim(String... more) {
    List<String> line =
        new ArrayList<>(List.of("claim", "dns-changed", "shop.example", "--url", url()));
    line.addAll(List.of(more));
    return Ran.of(line.toArray(String[]::new));
  }

  @Test
  void tellsTheAgentAndSaysWhatItWroteDown() {
    assertEquals(
        new Ran(
            0,
            "shop.example is said to be changed by deploy-42 at 2026-01-31T12:03:40.000Z; the agent"
                + " has it written down\n",
            ""),
        claim("--at", "2026-01-31T13:03:40+01:00", "--actor", "deploy-42"));
    assertEquals(
        List.of(
            "POST /api/v1/claims application/json {\"type\":\"dns-changed\","
                + "\"name\":\"shop.example\",\"at\":\"2026-01-31T12:03:40Z\","
                + "\"actor\":\"deploy-42\"}"),
        told);
  }

  @Test
  void leavesTheTimeToTheAgentAndPrintsItsAnswerForMachines() {
    assertEquals(new Ran(0, answer + "\n", ""), claim("--json"));
    assertEquals(
        List.of(
            "POST /api/v1/claims application/json"
                + " {\"type\":\"dns-changed\",\"name\":\"shop.example\"}"),
        told);
  }

  @Test
  void saysWhyAClaimIsNotAccepted() {
    status = 404;
    answer =
        "{\"error\":\"no name `shop.example` is followed\","
            + "\"write\":\"did you mean `shop.test`?\"}";
    assertEquals(
        new Ran(2, "", "allclear: no name `shop.example` is followed; did you mean `shop.test`?\n"),
        claim());
    status = 400;
    answer = "{\"error\":\"`x` is yet to come\",\"write\":\"when it was changed\"}";
    assertEquals(
        new Ran(2, "", "allclear: `x` is yet to come; write when it was changed\n"), claim());
    status = 500;
    assertEquals(7, claim().code());
  }

  @Test
  void saysThatSomethingElseAnswers() {
    String message =
        "allclear: what answers at " + url() + " is no agent of this version; say --url\n";
    answer = "<html>";
    assertEquals(new Ran(7, "", message), claim());
    status = 404;
    answer = "{\"paths\":[]}";
    assertEquals(new Ran(7, "", message), claim());
  }

  @Test
  void saysThatNoAgentAnswers() {
    agent.stop(0);
    assertEquals(
        new Ran(
            7,
            "",
            "allclear: no agent answers at "
                + url()
                + "; start one with `allclear run`, or say --url\n"),
        claim());
  }

  @Test
  void asksForATypeAndAnInstant() {
    CommandLine claim = requireNonNull(Ran.commands().getSubcommands().get("claim"));
    CommandLine changed = requireNonNull(claim.getSubcommands().get("dns-changed"));

    assertEquals(
        new Ran(2, "", "which claim? One of:\n" + claim.getUsageMessage()), Ran.of("claim"));
    assertEquals(
        new Ran(
            2,
            "",
            "Invalid value for option '--at': `noon` is not an instant; write it as"
                + " 2026-01-31T12:03:40Z\n"
                + changed.getUsageMessage()),
        claim("--at", "noon"));
  }
}
