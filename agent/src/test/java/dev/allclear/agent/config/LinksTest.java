package dev.allclear.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.http.HttpProxy;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.http.Login;
import dev.allclear.probes.http.Redirects;
import dev.allclear.probes.http.Target;
import dev.allclear.probes.journey.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How steps connect, as the config says it.
final class LinksTest {
  @TempDir private Path folder;

  @Test
  void stepsConnectAsTheirJourneySaysUnlessTheySayOtherwise() throws IOException, BadConfig {
    List<Step> steps =
        steps(
            """
            http: 1.1
            redirects: follow
            proxy: "http://user:${env:PASSWORD}@proxy.example:3128"
            steps:
              - get: https://shop.example/
              - {get: http://shop.example/, http: h2c, redirects: 3, proxy: none, connect-to: "[2001:db8::1]:8443"}
              - {get: https://shop.example/, redirects: {downgrade: true}}
            """);

    Link journey =
        Link.DEFAULT
            .speaking(Link.Http.ONE)
            .following(Redirects.FOLLOW)
            .through(new HttpProxy("proxy.example", 3128, new Login("user", "p@ss/word")));
    assertEquals(journey, steps.get(0).link());
    assertEquals(
        Link.DEFAULT
            .speaking(Link.Http.CLEARTEXT_TWO)
            .following(new Redirects(3, false))
            .to(new Target("2001:db8::1", 8443)),
        steps.get(1).link());
    assertEquals(journey.following(new Redirects(10, true)), steps.get(2).link());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.10, 192.0.2.10, 0",
    "192.0.2.10:8443, 192.0.2.10, 8443",
    "origin.shop.example, origin.shop.example, 0",
    "origin.shop.example:81, origin.shop.example, 81",
    "'2001:db8::1', '2001:db8::1', 0",
    "'[2001:db8::1]', '2001:db8::1', 0",
    "'[2001:db8::1]:81', '2001:db8::1', 81"
  })
  void connectsToHostsAndAddressesWithAndWithoutPort(String text, String host, int port)
      throws IOException, BadConfig {
    List<Step> steps =
        steps("steps: [{get: \"https://shop.example/\", connect-to: \"" + text + "\"}]");

    assertEquals(new Target(host, port), steps.getFirst().link().target());
  }

  @Test
  void withoutAWordStepsConnectByDefault() throws IOException, BadConfig {
    Link link = steps("steps: [{get: \"https://shop.example/\"}]").getFirst().link();

    assertEquals(Link.DEFAULT, link);
    assertNull(link.tls());
  }

  @Test
  void namesThePemFileAndWhatIsWrongWithIt() throws IOException {
    Files.writeString(folder.resolve("empty.pem"), "");
    Files.writeString(
        folder.resolve("broken.pem"),
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    Files.writeString(
        folder.resolve("locked.key"),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");

    assertEquals(
        "holds no certificate; write PEM, which begins with -----BEGIN CERTIFICATE-----",
        problem("ca: empty.pem", "empty.pem"));
    assertEquals(
        "holds a certificate that cannot be read; write it anew",
        problem("ca: broken.pem", "broken.pem"));
    assertEquals(
        "holds an encrypted key; write one without passphrase",
        problem("key: locked.key, certificate: lost.pem", "locked.key"));
  }

  /// What is said of the file.
  private String problem(String tls, String file) {
    BadConfig bad =
        assertThrows(
            BadConfig.class,
            () -> steps("steps: [{get: \"https://shop.example/\", tls: {" + tls + "}}]"));
    String path = folder.resolve(file) + " ";
    String message =
        bad.problems().stream()
            .map(Object::toString)
            .filter(problem -> problem.contains(path))
            .findFirst()
            .orElseThrow();
    return message.substring(message.indexOf(path) + path.length()).replaceFirst("]$", "");
  }

  private List<Step> steps(String journey) throws IOException, BadConfig {
    Path file = folder.resolve("allclear.yaml");
    Files.writeString(
        file,
        "services: {shop: {rto: 2m, verify: {journeys: [j]}}}\njourneys:\n  j:\n"
            + journey.indent(4));
    Settings settings =
        Settings.load(file, name -> name.equals("PASSWORD") ? "p%40ss%2Fword" : null);
    return Objects.requireNonNull(settings.journeys().get("j")).journey().steps();
  }
}
