package dev.allclear.probes.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("PROBE_USER", "mara", "EMPTY", "");
  private static final Map<String, String> VALUES = Map.of("a", "1", "order-id_2", "77");

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
        "${env:PROBE_USER}         | mara",
        "[${env:EMPTY}]            | []",
        "$.state                   | $.state",
        "$                         | $",
        "a$                        | a$",
        "$$                        | $$",
        "$${a}                     | ${a}",
        "$$${a}                    | $${a}",
        "$${${a}}                  | ${1}",
        "{a} $a                    | {a} $a",
      })
  void fillsInValues(String text, String rendered) {
    assertEquals(rendered, parse(text).render(name -> VALUES.getOrDefault(name, "?")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a ${b                    | unclosed ${; write $${ for a literal ${",
        "${                       | unclosed ${; write $${ for a literal ${",
        "${}                      | empty name in ${}",
        "${env:}                  | empty name in ${env:}",
        "${1a}                    | bad name in ${1a}; write a letter, then letters, digits, - or _",
        "${a b}                   | bad name in ${a b}; write a letter, then letters, digits, - or _",
        "${ a }                   | bad name in ${ a }; write a letter, then letters, digits, - or _",
        "${env:A.B}               | bad name in ${env:A.B}; write a letter, then letters, digits, - or _",
        "${foo:bar}               | unknown `foo:` in ${foo:bar}; write ${env:NAME} or ${variable}",
        "${:bar}                  | unknown `:` in ${:bar}; write ${env:NAME} or ${variable}",
        "${env:PROBE_PASSWORD}    | environment variable PROBE_PASSWORD is not set; export it before the start, or write ${variable} for a captured value",
      })
  void saysWhatIsWrong(String text, String message) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> parse(text)).getMessage());
  }

  @Test
  void showsNoEnvironmentValue() {
    Template template = parse("${env:PROBE_USER}:${a}:${env:EMPTY}");
    assertEquals("***:${a}:***", template.toString());
    assertEquals(Set.of("mara"), template.secrets());
    assertEquals(Set.of("a"), template.variables());
  }

  @Test
  void aValueIsNotReadAsATemplate() {
    assertEquals("${b}", parse("${a}").render(_ -> "${b}"));
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
