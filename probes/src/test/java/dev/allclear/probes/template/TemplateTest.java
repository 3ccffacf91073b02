package dev.allclear.probes.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("PROBE_USER", "mara1", "EMPTY", "");
  private static final Map<String, String> VALUES = Map.of("a", "1", "order-id_2", "77");

  private static final Clock CLOCK = () -> new Moment(Instant.EPOCH, 0, 1);

  private static Template parse(String text) {
    return Template.parse(text, ENVIRONMENT::get);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | ''",
        "plain                     | plain",
        "${a}                      | 1",
        "x${a}${a}y                | x11y",
        "/orders/${order-id_2}?q=1 | /orders/77?q=1",
        "${env:PROBE_USER}         | mara1",
        "[${env:EMPTY}]            | []",
        "$.state                   | $.state",
        "$                         | $",
        "a$                        | a$",
        "$$                        | $$",
        "$${a}                     | ${a}",
        "$$${a}                    | $${a}",
        "$${${a}}                  | ${1}",
        "{a} $a                    | {a} $a",
        "${ a }                    | 1",
        "${a + '-' + order-id_2}   | 1-77",
        "${'}' + a}                | }1",
      })
  void fillsInValues(String text, String rendered) {
    Values values = new Values(CLOCK, new SplittableRandom(1), new Mask());
    VALUES.forEach(values::put);
    assertEquals(rendered, values.render(parse(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a ${b                    | unclosed ${; write $${ for a literal ${",
        "${                       | unclosed ${; write $${ for a literal ${",
        "${}                      | empty name in ${}",
        "${env:}                  | empty name in ${env:}",
        "${5}                     | bad name in ${5}; write a letter, then letters, digits, - or _",
        "${1a}                    | bad name in ${1a}; write a letter, then letters, digits, - or _",
        "${${a}}                  | bad name in ${${a}; write a letter, then letters, digits, - or _",
        "${a b}                   | bad name in ${a b}; write a letter, then letters, digits, - or _",
        "${env:A.B}               | bad name in ${env:A.B}; write a letter, then letters, digits, - or _",
        "${foo:bar}               | unknown `foo:` in ${foo:bar}; write ${env:NAME}, ${file:PATH} or ${variable}",
        "${:bar}                  | bad name in ${:bar}; write a letter, then letters, digits, - or _",
        "${file:}                 | empty path in ${file:}; write ${file:PATH}",
        "${file:gone}             | cannot read file `gone`: no such file",
        "${file:.}                | cannot read file `.`: it is no file",
        "${uuid(}                 | empty name in ${uuid(}",
        "${uuid(a}                | unexpected `}` in ${uuid(a}; between arguments write `,` or `+`",
        "${url('a)}               | unclosed ' in ${url('a)}; write 'text'",
        "${url(a b)}              | unexpected `b` in ${url(a b)}; between arguments write `,` or `+`",
        "${url(a,)}               | bad name in ${url(a,)}; write a letter, then letters, digits, - or _",
        "${url(a) b}              | unexpected `b` in ${url(a) b}; between arguments write `,` or `+`",
        "${uid()}                 | no function is named `uid` in ${uid()}",
        "${uuid(1)}               | too many arguments in ${uuid(1)}; write uuid()",
        "${url()}                 | too few arguments in ${url()}; write url(text)",
        "${now('5')}              | `5` is no offset in ${now('5')}; write now(), now('+5m') or now('-1h', 'epoch')",
        "${now(5m, 'foo')}        | `foo` is no format of a time in ${now(5m, 'foo')}; write now(), now('+5m') or now('-1h', 'epoch')",
        "${now(5m, 'pd')}        | `pd` is no format of a time in ${now(5m, 'pd')}; write now(), now('+5m') or now('-1h', 'epoch')",
        "${now(a)}                | argument 1 has to be written out in ${now(a)}; write now(), now('+5m') or now('-1h', 'epoch')",
        "${random-int(1, 1.5)}    | unexpected `.` in ${random-int(1, 1.5)}; between arguments write `,` or `+`",
        "${random-int(5, 4)}      | `4` is no number from 5 to 999999999999999 in ${random-int(5, 4)}; write random-int(1, 100)",
        "${random-string(0)}      | `0` is no number from 1 to 10000 in ${random-string(0)}; write random-string(12)",
        "${choice('a')}           | too few arguments in ${choice('a')}; write choice('a', 'b')",
        "${sha256(a, 'hexx')}     | no encoding is named `hexx` in ${sha256(a, 'hexx')}",
        "${hmac('md5', a, b)}     | no hash is named `md5` in ${hmac('md5', a, b)}",
        "${hmac('sha1', a)}       | too few arguments in ${hmac('sha1', a)}; write hmac('sha256', key, text) or hmac('sha256', key, text, 'base64')",
        "${totp('a1')}            | the secret of a one-time password is not base32 in ${totp('a1')}; write totp(secret)",
        "${totp(env:PROBE_USER)}x | the secret of a one-time password is not base32 in ${totp(env:PROBE_USER)}; write totp(secret)",
        "${env:PROBE_PASSWORD}    | environment variable PROBE_PASSWORD is not set; export it before the start, or write ${variable} for a captured value",
      })
  void saysWhatIsWrong(String text, String message) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> parse(text)).getMessage());
  }

  @Test
  void showsNoEnvironmentValue() {
    Template template = parse("${env:PROBE_USER}:${a}:${env:EMPTY}");
    assertEquals("${env:PROBE_USER}:${a}:${env:EMPTY}", template.toString());
    assertEquals(Set.of("mara1", ""), Set.copyOf(template.secrets()));
    assertEquals(Set.of("a"), template.variables());
  }

  @Test
  void aValueIsNotReadAsATemplate() {
    Values values = new Values(CLOCK, new SplittableRandom(1), new Mask());
    values.put("a", "${b}");
    assertEquals("${b}", values.render(parse("${a}")));
  }

  @Test
  void knowsHowItBeginsWhateverTheVariablesHold() {
    assertTrue(parse("HTTP://${a}").beginsWith("http://"));
    assertTrue(parse("http://x").beginsWith("http://"));
    assertFalse(parse("${a}http://x").beginsWith("http://"));
    assertFalse(parse("https://x").beginsWith("http://"));
    assertFalse(parse("").beginsWith("http://"));
  }
}
