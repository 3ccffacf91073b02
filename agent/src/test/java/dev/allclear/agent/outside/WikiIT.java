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
            "the handbook is there",
            "assertion",
            "#handbook is missing, expected \"Handbook\"; body does not contain \"call the operator\""),
        wiki.probe(JOURNEY, SECRETS));
  }

  @Test
  void whoMayOnlyReadCannotOpenTheEditor() throws IOException, InterruptedException {
    wiki.edit("conf/acl.auth.php", "@user\t16", "@user\t1");
    assertEquals(
        Verdict.fail(
            "write: open the editor",
            "extract",
            """
            cannot capture token: attribute value of #dw__editform input[name=sectok] is missing; \
            cannot capture date: attribute value of #dw__editform input[name=date] is missing; \
            cannot capture check: attribute value of #dw__editform input[name=changecheck] is missing\
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
