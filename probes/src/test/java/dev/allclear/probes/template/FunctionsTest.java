package dev.allclear.probes.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FunctionsTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PASSWORD", "p&ss w0rd", "SEED", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

  /// The time of an example in RFC 6238 appendix B.
  private Instant now = Instant.parse("2005-03-18T01:58:29.042Z");

  private final Mask mask = new Mask();
  private final Values values = values(1);

  private Values values(long seed) {
    return new Values(() -> new Moment(now, 0, 1), new SplittableRandom(seed), mask);
  }

  private static Template parse(String text) {
    return Template.parse(text, ENVIRONMENT::get);
  }

  private String render(String text) {
    return values.render(parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "${now()}                           | 2005-03-18T01:58:29.042Z",
        "${now('+5m')}                      | 2005-03-18T02:03:29.042Z",
        "${now(-1d2h, 'yyyy-MM-dd HH')}     | 2005-03-16 23",
        "${now(0s, 'epoch')}                | 1111111109",
        "${now('0s','epoch-ms')}            | 1111111109042",
        "${now(0s, 'http')}                 | Fri, 18 Mar 2005 01:58:29 GMT",
        "${base64('a?>')}                   | YT8+",
        "${base64url('a?>b')}               | YT8-Yg",
        "${base64('user' + ':' + env:PASSWORD)} | dXNlcjpwJnNzIHcwcmQ=",
        "${url('a b/ü*~')}                  | a%20b%2F%C3%BC%2A~",
        "${sha256('abc')}                   | ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "${sha256('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', 'base64url')} | E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "${hmac('sha1', 'Jefe', 'what do ya want for nothing?')} | effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "${hmac('sha256', 'Jefe', 'what do ya want for nothing?')} | 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "${hmac('sha256', '', '', 'base64')} | thNnmggU2ex3L5XXeMNfxf8Wl8STcVZTxscSFEKSxa0=",
        "${url(base64('a?>'))}              | YT8%2B",
      })
  void computes(String text, String result) {
    assertEquals(result, render(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:59Z, 287082",
    "2005-03-18T01:58:29Z, 081804",
    "2005-03-18T01:58:31Z, 050471",
    "2009-02-13T23:31:30Z, 005924",
    "2033-05-18T03:33:20Z, 279037",
    "2603-10-11T11:33:20Z, 353130",
  })
  void makesTheOneTimePasswordsOfTheRfc(Instant time, String code) {
    now = time;
    assertEquals(code, render("${totp(env:SEED)}"));
    assertEquals(code, render("${totp('gezd gnbv gy3t qojq gezd gnbv gy3t qojq')}"));
  }

  @Test
  void saysThatASecretIsNotBase32WhenItComes() {
    values.put("seed", "no base32!");
    assertEquals(
        "the secret of a one-time password is not base32",
        assertThrows(IllegalArgumentException.class, () -> render("${totp(seed)}")).getMessage());
  }

  @Test
  void chanceIsTheSameForTheSameSeed() {
    Template template =
        parse("${uuid()} ${random-int(-5, 5)} ${random-string(20)} ${choice('a', 'b')}");
    String first = values(7).render(template);
    assertTrue(
        first.matches(
            "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
                + " (-?[1-5]|0) [a-z0-9]{20} [ab]"),
        first);
    assertEquals(first, values(7).render(template));
    assertNotEquals(first, values(8).render(template));
  }

  @Test
  void whatIsComputedOfASecretIsOne() {
    values.put("token", "captured-4711");
    mask.hide("captured-4711");
    values.put("public", "shoes");
    for (String text :
        List.of(
            "${base64('mara:' + env:PASSWORD)}",
            "${sha256(sha256(env:PASSWORD))}",
            "${hmac('sha256', token, public)}",
            "${totp(env:SEED)}")) {
      assertEquals("is ***", mask.value("is " + render(text)));
    }
    String shown = render("${sha256(public, 'base64url')}");
    assertEquals(shown, mask.value(shown));
  }

  @Test
  void aFileIsReadWhenTheRunBegins(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, "first-4711\r\n");
    Template template = Template.parse("x${file:token}", new Surroundings(_ -> null, folder));

    Files.writeString(file, "second-4711\n\n");
    values.read(Stream.of(template));
    assertEquals("xsecond-4711\n", values.render(template));
    assertEquals("x***", mask.value("xsecond-4711"));

    Files.delete(file);
    Values later = values(2);
    later.read(Stream.of(template));
    assertEquals(
        "cannot read file `%s`: no such file".formatted(file), later.obstacle(Stream.of(template)));
  }

  @Test
  void refusesFilesThatAreNoSecrets(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("large"), new byte[64 * 1024 + 1]);
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3});
    assertEquals("cannot read file `large`: it is larger than 64 KiB", refused(folder, "large"));
    assertEquals("cannot read file `binary`: it is not UTF-8", refused(folder, "binary"));
  }

  private static String refused(Path folder, String file) {
    Surroundings surroundings = new Surroundings(_ -> null, folder);
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () -> Template.parse("${file:" + file + "}", surroundings))
            .getMessage());
  }

  @Test
  void whatStandsInTheWayOfAVariableStandsInTheWayOfAllThatUsesIt() {
    values.put("seed", "no base32!");
    values.define("code", parse("${totp(seed)}"), false);
    values.define("more", parse("x${code}"), false);
    assertEquals(Set.of(), values.missing(Set.of("code", "more")));
    assertEquals(
        "no value for code: the secret of a one-time password is not base32",
        values.obstacle(Stream.of(parse("${url(more)}"))));
    values.put("more", "captured");
    assertEquals(null, values.obstacle(Stream.of(parse("${more}"))));
  }

  @Test
  void definesVariablesOfVariables() {
    values.define("user", parse("mara"), false);
    values.define("login", parse("${user}:${env:PASSWORD}"), true);
    assertEquals("mara:p&ss w0rd", render("${login}"));
    assertEquals("***", mask.value("mara:p&ss w0rd"));
  }

  @Test
  void anyTextIsATemplateOrIsRefusedInWords() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> parts =
        List.of(
            "${",
            "}",
            "(",
            ")",
            "'",
            ",",
            "+",
            " ",
            "a",
            "uuid",
            "now",
            "hmac",
            "sha1",
            "env:",
            "file:",
            "SEED",
            "totp",
            "choice",
            "-",
            "5m",
            "1",
            "random-int",
            ":",
            "$",
            "\u0000");
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder("${");
      random.ints(random.nextInt(12), 0, parts.size()).mapToObj(parts::get).forEach(text::append);
      try {
        values.render(parse(text + "}"));
      } catch (IllegalArgumentException e) {
        assertTrue(String.valueOf(e.getMessage()).length() > 10, () -> seed + ": " + text);
      }
    }
  }
}
