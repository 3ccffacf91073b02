package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies between a journey and its site, each by software nobody here wrote: nginx with its
/// versions of HTTP, TLS and certificates, tinyproxy, Unbound, OpenSSL's server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SiteIT {
  private static final int PORTS = 8;
  private static final Pattern PORT = Pattern.compile(":2081(\\d)\\b");

  private static final List<String> NOT_TWO =
      List.of(
          "the server closed the HTTP/2 connection before the request",
          "the HTTP/2 connection broke while the request was sent",
          "the server answered HTTP/2 with HTTP/1");

  private Path folder;
  private App site;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    site = App.start("site", folder, PORTS);
  }

  @AfterAll
  void close() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one-name",
        "in-east",
        "every-address",
        "near",
        "through-proxy",
        "through-proxy-securely",
        "cleartext-two",
        "two",
        "gzip",
        "brotli",
        "crowd",
        "own-authority",
        "strong",
        "mutual",
        "mutual-rsa",
        "mutual-ec",
        "demanded"
      })
  void passes(String journey) throws IOException, InterruptedException {
    assertEquals(Verdict.PASS, site.probe(journey, Map.of()));
  }

  /// With the ports that the journeys are written with.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one-release       | assertion | release differs: west 1.4.2, east 1.4.1
          half-dead         | connect   | 1 of 2 addresses fails: 127.0.0.9: cannot connect to 127.0.0.9:20810: Connection refused
          nowhere           | dns       | own (127.0.0.1:20816) answered NXDOMAIN for nowhere.test
          far               | assertion | remote address is 127.0.0.1, expected one in 192.0.2.0/24 or 198.51.100.0/24
          unknown-to-proxy  | connect   | the proxy 127.0.0.1:20815 wants another user and password (status 407)
          no-proxy          | connect   | cannot connect to the proxy 127.0.0.9:20815: Connection refused
          two-expected      | protocol  | HTTP/2 expected, but the server negotiated http/1.1
          one-expected      | assertion | protocol is h2, expected http/1.1
          narrow            | status    | 4 of 10 failed: 4 × status 503, expected 200-299
          any-authority     | tls       | the certificate is not signed by a trusted authority
          other-name        | tls       | the certificate is for another host: shop.test
          weak              | assertion | TLS version is 1.2, expected at least 1.3; certificate has 4 days left (until DATE), expected at least 14
          unshown           | status    | status 400, expected 200-299; body does not contain "hello"
          stranger          | status    | status 400, expected 200-299; body does not contain "hello"
          demanded-unshown  | tls       | the server asked for a client certificate, and none was shown
          demanded-stranger | tls       | the server asked for a client certificate of CN=ca, which ours is not
          """)
  void fails(String journey, String cause, String detail) throws IOException, InterruptedException {
    Verdict seen = site.probe(journey, Map.of());
    assertEquals(List.of(cause, moved(detail)), List.of(seen.cause(), seen.detail()));
  }

  /// nginx answers in HTTP/1.1 and closes: which is noticed first, and when, is chance.
  @Test
  void failsWhereHttpTwoIsNotSpoken() throws IOException, InterruptedException {
    Verdict seen = site.probe("cleartext-one", Map.of());
    assertEquals("protocol", seen.cause());
    assertTrue(NOT_TWO.contains(seen.detail()), seen::toString);
  }

  private String moved(String detail) {
    return PORT.matcher(detail)
        .replaceAll((MatchResult port) -> ":" + (site.port() + Integer.parseInt(port.group(1))));
  }

  @Test
  void readsCertificatesAgainThatWereReplacedBetweenRuns()
      throws IOException, InterruptedException {
    try (Child runs =
        Binary.start(
            folder, "probe", "rotated", "--config", "journey.yaml", "--repeat", "9999", "--json")) {
      runs.until("it passes", () -> count(runs, "pass") > 0);
      assertEquals(0, count(runs, "fail"), runs::toString);
      show("stranger");
      runs.until("it fails", () -> count(runs, "fail") > 0);
      show("ec");
      long passes = count(runs, "pass");
      runs.until("it passes again", () -> count(runs, "pass") > passes);
    }
  }

  private static long count(Child runs, String outcome) throws IOException {
    String wanted = "{\"probe\":\"rotated\",\"outcome\":\"%s\"".formatted(outcome);
    return runs.lines().stream().filter(line -> line.startsWith(wanted)).count();
  }

  /// As those do who renew certificates: each file at once, one after the other.
  private void show(String name) throws IOException {
    for (String kind : List.of(".key", ".pem")) {
      Path renewed = Files.copy(folder.resolve(name + kind), folder.resolve("renewed" + kind));
      Files.move(renewed, folder.resolve("rotated" + kind), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
