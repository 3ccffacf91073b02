package dev.allclear.probes.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskTest {

  private static final int SIZE = 200_000;

  private final Mask mask = new Mask();

  @Test
  void hidesASecretInEverySpelling() {
    mask.hide("p&ss \"w0rd\"/ü");
    assertEquals(
        "*** *** *** *** ***",
        mask.value(
            "p&ss \"w0rd\"/ü p%26ss+%22w0rd%22%2F%C3%BC p%26ss%20%22w0rd%22%2f%c3%bc"
                + " p&ss%20%22w0rd%22%2F%C3%BC p&ss \\\"w0rd\\\"/ü"));
  }

  @Test
  void hidesTheLongerOfTwoThatOverlap() {
    mask.hide("token");
    mask.hide("token-two");
    assertEquals("*** *** x", mask.value("token token-two x"));
  }

  @Test
  void leavesShortOnesAlone() {
    mask.hide("");
    mask.hide("abc");
    assertEquals("abcd", mask.value("abcd"));
  }

  @Test
  void hidesBeforeItCuts() {
    mask.hide("0123456789");
    assertEquals("aaaa***", mask.show("aaaa0123456789", 7));
    assertEquals("aaaa…", mask.show("aaaa0123456789", 5));
  }

  @Test
  void escapesWhatTerminalsObey() {
    assertEquals(
        "\"a\\n\\r\\t\\u{1b}[31m\\u{202e}\\u{0}ü€😀\"",
        mask.quoted("a\n\r\t\u001b[31m\u202e\u0000ü€😀"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/login?user=mara&password=p%26x+y&next=/    | /login?user=mara&password=***&next=/",
        "/cb?code=abc123&state=1#access_token=zz     | /cb?code=***&state=1#access_token=***",
        "/x?user%5Bpin%5D=1234&user[password]=a      | /x?user%5Bpin%5D=***&user[password]=***",
        "/go?to=https%3A%2F%2Fa.example%2F%3Ftoken%3Dabc%26x%3D1 | /go?to=https%3A%2F%2Fa.example%2F%3Ftoken%3D***%26x%3D1",
        "https://ada:pw@shop.example/a@b             | https://***@shop.example/a@b",
        "https://shop.example/@ada:pw                | https://shop.example/@ada:pw",
        "{\"user\":\"mara\",\"password\":\"a\\\"b\",\"n\":1}  | {\"user\":\"mara\",\"password\":\"***\",\"n\":1}",
        "{\"id_token\" : 12345, \"ok\":true}          | {\"id_token\" : ***, \"ok\":true}",
        "{\"secret\":{\"a\":[\"}\",1]},\"n\":2}        | {\"secret\":***,\"n\":2}",
        "{\"csrf\":null,\"password\":true}            | {\"csrf\":null,\"password\":true}",
        "{\"code\":404,\"token_type\":\"Bearer\"}      | {\"code\":404,\"token_type\":\"Bearer\"}",
        "{\"body\":\"{\\\"password\\\":\\\"a b\\\"}\",\"n\":1} | {\"body\":\"{\\\"password\\\":\\\"***\\\"}\",\"n\":1}",
        "{\"password\":\"cut o                       | {\"password\":\"***",
        "{'clientSecret': 'abc', 'a': 1}             | {'clientSecret': '***', 'a': 1}",
        "Authorization: Basic YWRhOnB3               | Authorization: ***",
        "[\"X-Api-Key: abc\",\"Host: a\"]             | [\"X-Api-Key: ***\",\"Host: a\"]",
        "invalid CSRF token: none sent               | invalid CSRF token: none sent",
        "<input type=hidden name=csrf value=abc>     | <input type=hidden name=csrf value=***>",
        "<input value='abc' name='_csrf'/>           | <input value='***' name='_csrf'/>",
        "<meta name=\"csrf-token\" content=\"a>b\">    | <meta name=\"csrf-token\" content=\"***\">",
        "<input name=user value=mara>                | <input name=user value=mara>",
        "<wsse:Password Type=\"t\">abc</wsse:Password> | <wsse:Password Type=\"t\">***</wsse:Password>",
        "<textarea name=token>abc</textarea>         | <textarea name=token>***</textarea>",
        "&quot;password&quot;:&quot;abc&quot;,1      | &quot;password&quot;:&quot;***&quot;,1",
        "is eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln, no | is ***, no",
        "cut eyJhbGciOiJIUzI1NiIsInR5cCI6            | cut ***",
        "keyJoin.of.values eyJ.                      | keyJoin.of.values eyJ.",
        "{\"card\":\"4111\",\"X-Tenant\":\"a\"}          | {\"card\":\"***\",\"X-Tenant\":\"***\"}",
      })
  void hidesValuesByTheirNames(String text, String shown) {
    Mask named = new Mask(List.of("card", "x_tenant"));
    assertEquals(shown, named.show(text, 1000));
  }

  @Test
  void hidesAPartOfAMultipartForm() {
    String head = "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n";
    String rest = "\n" + head.formatted("user") + "mara\r\n--b--";
    assertEquals(
        head.formatted("password") + "***" + rest,
        mask.redacted(head.formatted("password") + "hunter2\r" + rest, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authorization   | Basic YWRhOnB3    | Basic ***",
        "Authorization   | YWRhOnB3          | ***",
        "X-Api-Key       | a                 | ***",
        "Cookie          | a=b; sid=c=d; e   | a=***; sid=***;***",
        "Set-Cookie      | sid=c; Path=/     | sid=***; Path=/",
        "Location        | /a?token=b        | /a?token=***",
        "Content-Type    | text/html         | text/html",
      })
  void showsHeaders(String name, String value, String shown) {
    assertEquals(shown, mask.header(name, value));
  }

  @Test
  void showsFields() {
    assertTrue(mask.hides("password"));
    assertFalse(mask.hides("user"));
  }

  @Test
  void hidesBase64WhereverItBegins() {
    mask.hide("hunter2-hunter2");
    for (String user : List.of("", "a", "ab", "abc", "üüü")) {
      String basic = base64(user + "hunter2-hunter2" + user);
      assertEquals("Basic ***, b", mask.show("Basic " + basic + ", b", 100));
      assertEquals("/?a=***&b", mask.show("/?a=" + percent(basic) + "&b", 100));
    }
  }

  @Test
  void hidesWhatIsLeftOfASecretThatWasCutOff() {
    mask.hide("0123456789");
    assertEquals("a ***", mask.value("a 0123"));
    assertEquals("a 012", mask.value("a 012"));
  }

  @Test
  void dropsAnyBeginningOfASecretFromTextThatWasCut() {
    mask.hide("0123456789");
    assertEquals("a\n\u0000***", mask.redacted("a\n\u00000", true));
    assertEquals("a\n\u00000", mask.redacted("a\n\u00000", false));
  }

  /// Each takes far too long if time is not linear.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "eyJ",
        "eyJ.",
        "eyJ ",
        "=",
        "a=",
        "a:",
        "\"",
        "\"a\":",
        "\"token\":[",
        "token=",
        "<",
        "<a ",
        "<a b='",
        "<a b=\"<a b='",
        "<token>",
        "%",
        "%C3",
        "\\",
        "\\u0061",
        "&",
        "&amp;",
        "&#",
        "name=\"token\"",
        "form-data; name=\"token\"",
        "form-data; name=\"token\"\n\n",
        ":",
        ": ",
        " ",
        "://",
        "://a",
        "YWFh",
        "a/",
        "a=a",
        "\n--"
      })
  void takesLinearTime(String part) {
    mask.hide("a".repeat(20_000) + "b");
    mask.hide("a".repeat(20_000));
    mask.hide("eyJeyJ".repeat(100));
    String hostile = part.repeat(SIZE / part.length());
    assertNotEquals("", mask.redacted(hostile, false));
  }

  /// In small letters the end of the secret is an escape itself, as it is not in capitals.
  @Test
  void ignoresTheCaseOfWhatLooksEscapedInASecret() {
    mask.hide("a&secret\\X91");
    assertEquals(
        "***", mask.redacted(percent("a&amp;secret\\X91").toLowerCase(Locale.ROOT), false));
  }

  @Test
  void noEncodingOfASecretIsShown() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      String secret = text(random, 8 + random.nextInt(20)).strip();
      if (secret.length() < 8) {
        continue;
      }
      Mask one = new Mask();
      one.hide(secret);
      String spelt = Spelling.any(random).of(secret);
      String twice = Spelling.anyEscape(random).of(spelt);
      for (String sent : List.of(spelt, twice)) {
        String shown = one.show("is <" + sent + ">", 1000);
        assertFalse(
            shown.contains(sent) || shown.contains(secret),
            () -> "seed " + seed + ": " + secret + " as " + sent + " is shown as " + shown);
      }
    }
  }

  private static String text(Random random, int length) {
    String letters = "abcXYZ019 %&+/\\\"'<>=;:,?#._-~ü€😀n4u";
    return random
        .ints(length, 0, letters.codePointCount(0, letters.length()))
        .mapToObj(i -> Character.toString(letters.codePointAt(letters.offsetByCodePoints(0, i))))
        .collect(Collectors.joining());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// What a server may make of a text that it sends back.
  private enum Spelling {
    PLAIN {
      @Override
      String of(String text) {
        return text;
      }
    },
    FORM {
      @Override
      String of(String text) {
        return percent(text);
      }
    },
    URL {
      @Override
      String of(String text) {
        return percent(text).replace("+", "%20").toLowerCase(Locale.ROOT);
      }
    },
    JSON {
      @Override
      String of(String text) {
        String json = JsonText.write(text);
        return json.substring(1, json.length() - 1).replace("/", "\\/");
      }
    },
    ASCII_JSON {
      @Override
      String of(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
      }
    },
    HTML {
      @Override
      String of(String text) {
        return text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;")
            .replace("ü", "&uuml;")
            .replace("€", "&#x20ac;");
      }
    },
    BASE64 {
      @Override
      String of(String text) {
        return base64("x:" + text + ":y");
      }
    };

    abstract String of(String text);

    static Spelling any(Random random) {
      return any(random, List.of(values()));
    }

    private static Spelling any(Random random, List<Spelling> spellings) {
      return spellings.get(random.nextInt(spellings.size()));
    }

    static Spelling anyEscape(Random random) {
      return any(random, List.of(PLAIN, FORM, URL, JSON, ASCII_JSON, HTML));
    }
  }
}
