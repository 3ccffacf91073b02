package dev.allclear.probes.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MaskTest {

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
}
