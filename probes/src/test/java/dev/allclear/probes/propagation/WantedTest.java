package dev.allclear.probes.propagation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WantedTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, true",
    "192.0.2.1;192.0.2.2, true",
    "192.0.2.127, true",
    "192.0.2.128, false",
    "192.0.2.1;198.51.100.1, false",
    "2001:db8::1, false",
    "not an address, false",
    "CNAME lb.example.;192.0.2.1, true",
    "CNAME lb.example., false"
  })
  void everyAddressLiesWithinTheNetwork(String answer, boolean accepted) {
    Wanted wanted = new Wanted.Within(InetAddress.ofLiteral("192.0.2.0"), 25);
    assertEquals(accepted, wanted.accepts(List.of(answer.split(";"))));
  }

  @Test
  void aNetworkMayHoldAllOrOne() {
    assertEquals(
        true, new Wanted.Within(InetAddress.ofLiteral("::"), 0).accepts(List.of("2001:db8::1")));
    assertEquals(
        false,
        new Wanted.Within(InetAddress.ofLiteral("192.0.2.1"), 32).accepts(List.of("192.0.2.2")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Wanted.Within(InetAddress.ofLiteral("192.0.2.1"), 33));
  }

  @Test
  void anExactSetTakesNoMoreAndNoLess() {
    Wanted wanted = new Wanted.Exactly(Set.of("192.0.2.1", "192.0.2.2"));
    assertEquals(true, wanted.accepts(List.of("CNAME x.", "192.0.2.2", "192.0.2.1")));
    assertEquals(false, wanted.accepts(List.of("192.0.2.1")));
  }

  @Test
  void aLinkLeadsToTheTargetWhateverItsCase() {
    Wanted wanted = new Wanted.Via("LB.us.example");
    assertEquals(true, wanted.accepts(List.of("CNAME lb.US.example.", "192.0.2.1")));
    assertEquals(false, wanted.accepts(List.of("CNAME lb.eu.example.", "192.0.2.1")));
  }

  @Test
  void aLabelIsWholeAndStandsInALink() {
    Wanted wanted = new Wanted.Labelled("us");
    assertEquals(true, wanted.accepts(List.of("CNAME lb.us.example.")));
    assertEquals(false, wanted.accepts(List.of("CNAME lb.usa.example.")));
    assertEquals(false, wanted.accepts(List.of("192.0.2.1")));
  }
}
