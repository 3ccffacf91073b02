package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ExpectedTest {
  private static final Question SHOP = new Question("shop.test", "A");

  @Test
  void acceptsAnyAddressOfANetwork() {
    Expected expected = Expected.of(SHOP, List.of("192.0.2.0/24"));
    assertTrue(expected.accepts(List.of("192.0.2.7", "192.0.2.200")));
    assertFalse(expected.accepts(List.of("192.0.2.7", "198.51.100.1")));
    assertTrue(expected.allowsDifference());
  }

  @Test
  void acceptsAnyChainThroughAName() {
    Expected expected = Expected.of(SHOP, List.of("via:LB.example"));
    assertTrue(expected.accepts(List.of("192.0.2.7", "CNAME lb.example.")));
    assertFalse(expected.accepts(List.of("192.0.2.7", "CNAME other.example.")));
  }

  @Test
  void acceptsAnyChainWithALabel() {
    Expected expected = Expected.of(SHOP, List.of("label:eu"));
    assertTrue(expected.accepts(List.of("CNAME lb.eu.example.")));
    assertFalse(expected.accepts(List.of("CNAME lb.us.example.")));
  }

  @Test
  void refusesAPredicateBesideOthers() {
    assertRefused(
        "a network, `via:` and `label:` stand alone; write one of them, or records",
        "192.0.2.0/24",
        "192.0.2.1");
  }

  @Test
  void refusesANetworkThatIsNone() {
    assertRefused("`192.0.2.0/33` is not a network; write one, as 192.0.2.0/24", "192.0.2.0/33");
  }

  @Test
  void refusesANameThatIsNone() {
    assertRefused("`-- -` is not a DNS name", "via:-- -");
  }

  private static void assertRefused(String message, String... written) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Expected.of(SHOP, List.of(written)));
    assertEquals(message, refused.getMessage());
  }
}
