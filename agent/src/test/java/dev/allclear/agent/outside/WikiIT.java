package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DokuWiki: HTML forms, a session cookie, a security token in each form and link.
final class WikiIT {
  private static final String JOURNEY = "handbook";
  private static final Map<String, String> SECRETS = Map.of("PROBE_PASSWORD", "right horse");

  @TempDir private Path folder;
  private App wiki;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    wiki = App.start("wiki", folder);
  }

  @AfterEach
  void close() {
    wiki.close();
  }

  @Test
  void passesAgainAndAgain() throws IOException, InterruptedException {
    assertEquals(Verdict.PASS, wiki.probe(JOURNEY, SECRETS));
    assertEquals(Verdict.PASS, wiki.probe(JOURNEY, SECRETS));
  }

  @Test
  void aWrongPasswordFailsTheLogin() throws IOException, InterruptedException {
    assertEquals(
        Verdict.fail("log in", "status", "status 403, expected 302"),
        wiki.probe(JOURNEY, Map.of("PROBE_PASSWORD", "wrong horse")));
  }

  @Test
  void aPageThatWasDeletedIsMissed() throws IOException, InterruptedException {
    Files.delete(wiki.file("data/pages/start.txt"));
    assertEquals(
        Verdict.fail(
            "the handbook is there", "assertion", "body does not contain \"call the operator\""),
        wiki.probe(JOURNEY, SECRETS));
  }

  @Test
  void whoMayOnlyReadCannotOpenTheEditor() throws IOException, InterruptedException {
    wiki.edit("conf/acl.auth.php", "@user\t16", "@user\t1");
    assertEquals(
        Verdict.fail(
            "open the editor",
            "extract",
            """
            cannot capture date: match of /name="date" value="([0-9]*)"/ is missing; \
            cannot capture check: match of /name="changecheck" value="([0-9a-f]+)"/ is missing\
            """),
        wiki.probe(JOURNEY, SECRETS));
  }

  @Test
  void aWikiThatWasKilledRefusesConnections() throws IOException, InterruptedException {
    wiki.kill();
    assertEquals(
        Verdict.fail(
            "the handbook is there",
            "connect",
            "cannot connect to 127.0.0.1:%d: Connection refused".formatted(wiki.port())),
        wiki.probe(JOURNEY, SECRETS));
  }
}
