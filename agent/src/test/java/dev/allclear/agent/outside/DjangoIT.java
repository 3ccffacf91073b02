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

/// Django's administration: a CSRF token in each form that belongs to a cookie.
final class DjangoIT {
  private static final String JOURNEY = "administration";
  private static final Map<String, String> SECRETS = Map.of("PROBE_PASSWORD", "right horse");

  @TempDir private Path folder;
  private App django;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    django = App.start("django", folder);
  }

  @AfterEach
  void close() {
    django.close();
  }

  @Test
  void passesAgainAndAgain() throws IOException, InterruptedException {
    assertEquals(Verdict.PASS, django.probe(JOURNEY, SECRETS));
    assertEquals(Verdict.PASS, django.probe(JOURNEY, SECRETS));
  }

  @Test
  void aWrongPasswordFailsTheLogin() throws IOException, InterruptedException {
    assertEquals(
        Verdict.fail(
            "log in",
            "status",
            "status 200, expected 302; header Location is missing, expected \"/admin/\" in it"),
        django.probe(JOURNEY, Map.of("PROBE_PASSWORD", "wrong horse")));
  }

  @Test
  void aCsrfCookieThatBrowsersDoNotSendBackFailsTheLogin()
      throws IOException, InterruptedException {
    django.edit("settings.py", "CSRF_COOKIE_SECURE = False", "CSRF_COOKIE_SECURE = True");
    django.startAgain();
    assertEquals(
        Verdict.fail(
            "log in",
            "status",
            "status 403, expected 302; header Location is missing, expected \"/admin/\" in it"),
        django.probe(JOURNEY, SECRETS));
  }

  @Test
  void aDatabaseThatWasLostFailsTheLogin() throws IOException, InterruptedException {
    Files.delete(django.file("database"));
    assertEquals(
        Verdict.fail(
            "log in",
            "status",
            "status 500, expected 302; header Location is missing, expected \"/admin/\" in it"),
        django.probe(JOURNEY, SECRETS));
  }

  @Test
  void aSiteThatDoesNotKnowItsNameFailsFromTheStart() throws IOException, InterruptedException {
    django.edit(
        "settings.py", "ALLOWED_HOSTS = [\"127.0.0.1\"]", "ALLOWED_HOSTS = [\"shop.example\"]");
    django.startAgain();
    assertEquals(
        Verdict.fail("see the login form", "status", "status 400, expected 200-299"),
        django.probe(JOURNEY, SECRETS));
  }
}
