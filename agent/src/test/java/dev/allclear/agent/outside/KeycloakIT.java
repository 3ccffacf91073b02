package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Keycloak: OpenID Connect with a login form, and OAuth2 for machines, over TLS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeycloakIT {
  private static final String PERSON = "sign-in";
  private static final String MACHINE = "robot";
  private static final Map<String, String> SECRETS = environment("right horse", "robot secret");
  private static final Map<String, String> WRONG_SECRETS =
      environment("wrong horse", "wrong secret");

  private static final String NOT_SENT_BACK =
      """
      status 200, expected 302; header Location is missing, \
      expected "https://shop.example/callback?state=UUID&" in it\
      """;

  private Path folder;
  private App keycloak;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    keycloak = App.start("keycloak", folder);
  }

  @AfterAll
  void close() {
    keycloak.close();
  }

  @Test
  void aPersonSignsInAgainAndAgain() throws IOException, InterruptedException {
    assertEquals(Verdict.PASS, keycloak.probe(PERSON, SECRETS));
    assertEquals(Verdict.PASS, keycloak.probe(PERSON, SECRETS));
  }

  @Test
  void aMachineGetsATokenAndUsesIt() throws IOException, InterruptedException {
    assertEquals(Verdict.PASS, keycloak.probe(MACHINE, SECRETS));
  }

  @Test
  void aWrongPasswordFailsTheLogin() throws IOException, InterruptedException {
    assertEquals(
        Verdict.fail("log in", "status", NOT_SENT_BACK), keycloak.probe(PERSON, WRONG_SECRETS));
  }

  @Test
  void aWrongClientSecretFailsTheMachine() throws IOException, InterruptedException {
    assertEquals(
        Verdict.fail(
            "who is it",
            "status",
            """
            token from %s: status 401 unauthorized_client \
            (Invalid client or Invalid client credentials)\
            """
                .formatted(url("/realms/shop/protocol/openid-connect/token"))),
        keycloak.probe(MACHINE, WRONG_SECRETS));
  }

  @Test
  void aClientThatWasDisabledShowsNoLoginForm() throws IOException, InterruptedException {
    administer("storefront-enabled", "false");
    try {
      assertEquals(
          Verdict.fail("see the login form", "status", "status 400, expected 200-299"),
          keycloak.probe(PERSON, SECRETS));
    } finally {
      administer("storefront-enabled", "true");
    }
  }

  @Test
  void aUserWhoWasLockedOutFailsTheLogin() throws IOException, InterruptedException {
    administer("probe-enabled", "false");
    try {
      assertEquals(
          Verdict.fail("log in", "status", NOT_SENT_BACK), keycloak.probe(PERSON, SECRETS));
    } finally {
      administer("probe-enabled", "true");
    }
  }

  private void administer(String journey, String setting) throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("SETTING", setting);
    assertEquals(Verdict.PASS, Verdict.of(folder, "sabotage.yaml", journey, environment));
  }

  private String url(String path) {
    return "https://127.0.0.1:%d%s".formatted(keycloak.port(), path);
  }

  private static Map<String, String> environment(String password, String clientSecret) {
    return Map.of("PROBE_PASSWORD", password, "PROBE_CLIENT_SECRET", clientSecret);
  }
}
