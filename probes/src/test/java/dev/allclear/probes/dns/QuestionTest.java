package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuestionTest {
  @ParameterizedTest
  @CsvSource({
    "shop.test,shop.test",
    "Shop.TEST.,shop.test",
    "_acme-challenge.shop.test,_acme-challenge.shop.test",
    "0/25.2.0.192.in-addr.arpa,0/25.2.0.192.in-addr.arpa",
    "*.shop.test,*.shop.test",
    "localhost,localhost",
    ".,."
  })
  void keepsTheNameAsItIsShown(String written, String shown) {
    assertEquals(shown, new Question(written, "a").name());
    assertEquals(shown + " A", new Question(written, "a").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "", ".a", "a b", "a..", "ümlaut.test", "a\\.b", "a,b"})
  void refusesWhatIsNoName(String name) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Question(name, "A"));
    assertEquals("`" + name + "` is not a DNS name", refused.getMessage());
  }

  @Test
  void refusesLabelsAndNamesThatAreTooLong() {
    assertEquals(63, new Question("a".repeat(63), "A").name().length());
    assertThrows(IllegalArgumentException.class, () -> new Question("a".repeat(64), "A"));
    assertEquals(253, new Question("a.".repeat(126) + "a", "A").name().length());
    assertThrows(IllegalArgumentException.class, () -> new Question("a.".repeat(127) + "a", "A"));
  }

  @Test
  void refusesUnknownTypesAndSaysWhichThereAre() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Question("shop.test", "AX"));
    assertEquals(
        "unknown record type `AX`; write A, AAAA, CNAME, MX, NS, PTR, SOA, SRV, TXT, CAA, HTTPS,"
            + " SVCB, DS or DNSKEY",
        refused.getMessage());
  }
}
