package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Node-RED: a JSON interface with bearer tokens that expire and can be revoked.
final class NodeRedIT {
  private static final String JOURNEY = "automation";
  private static final Map<String, String> SECRETS = Map.of("PROBE_PASSWORD", "right horse");

  @TempDir private Path folder;
  private App nodeRed;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    nodeRed = App.start("node-red", folder);
  }

  @AfterEach
  void close() {
    nodeRed.close();
  }

  @Test
  void passesAgainAndAgain() throws IOException, InterruptedException {
    assertEquals(Verdict.PASS, nodeRed.probe(JOURNEY, SECRETS));
    assertEquals(Verdict.PASS, nodeRed.probe(JOURNEY, SECRETS));
  }

  @Test
  void aWrongPasswordFailsTheLogin() throws IOException, InterruptedException {
    assertEquals(
        Verdict.fail(
            "log in",
            "status",
            "status 403, expected 200-299; $.token_type is missing, expected \"Bearer\""),
        nodeRed.probe(JOURNEY, Map.of("PROBE_PASSWORD", "wrong horse")));
  }

  @Test
  void aTokenThatExpiredIsOfNoUse() throws IOException, InterruptedException {
    nodeRed.edit("settings.js", "sessionExpiryTime: 3600", "sessionExpiryTime: -3600");
    nodeRed.startAgain();
    assertEquals(
        Verdict.fail(
            "put a flow into service",
            "status",
            "status 401, expected 200-299; header Content-Type is missing, expected \"json\" in it"),
        nodeRed.probe(JOURNEY, SECRETS));
  }

  @Test
  void whoMayOnlyReadCannotDeploy() throws IOException, InterruptedException {
    nodeRed.edit("settings.js", "permissions: \"*\"", "permissions: \"read\"");
    nodeRed.startAgain();
    assertEquals(
        Verdict.fail(
            "put a flow into service",
            "status",
            "status 401, expected 200-299; header Content-Type is missing, expected \"json\" in it"),
        nodeRed.probe(JOURNEY, SECRETS));
  }

  @Test
  void aFlowThatIsDeployedButServedElsewhereDoesNotWork() throws IOException, InterruptedException {
    nodeRed.edit("settings.js", "flowFile:", "httpNodeRoot: \"/flows-of-others\",\n  flowFile:");
    nodeRed.startAgain();
    nodeRed.edit("journey.yaml", "limit: 20s", "limit: 4s");
    assertEquals(
        Verdict.fail(
            "it works",
            "status",
            "did not hold within 4s: "
                + "status 404, expected 200; "
                + "body does not contain \"The canary of UUID sings.\""),
        nodeRed.probe(JOURNEY, SECRETS));
  }

  @Test
  void aSocketThatIsServedElsewhereDoesNotOpen() throws IOException, InterruptedException {
    nodeRed.edit("journey.yaml", "/live\n        send", "/elsewhere\n        send");
    nodeRed.edit("journey.yaml", "timeout: 20s", "timeout: 4s");
    assertEquals(
        Verdict.fail(
            "it answers by WebSocket", "timeout", "no answer within 4s (connected, request sent)"),
        nodeRed.probe(JOURNEY, SECRETS));
  }

  @Test
  void aSocketThatSaysSomethingElseFails() throws IOException, InterruptedException {
    nodeRed.edit("journey.yaml", "{\"song\": \"${song}\"}", "{\"song\": \"another\"}");
    nodeRed.edit("journey.yaml", "timeout: 20s", "timeout: 4s");
    assertEquals(
        Verdict.fail(
            "it answers by WebSocket",
            "timeout",
"""
no such message within 4s; the last of 1: \
$.song is "another", expected "The canary of UUID sings."\
"""),
        nodeRed.probe(JOURNEY, SECRETS));
  }
}
