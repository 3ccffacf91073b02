package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubnetTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24,203.0.113.0/24",
    "203.0.113.128/25,203.0.113.128/25",
    "203.0.113.7/32,203.0.113.7/32",
    "0.0.0.0/0,0.0.0.0/0",
    "2001:DB8:0::/48,2001:db8::/48",
    "2001:db8::/56,2001:db8::/56"
  })
  void readsNetworksOfBothFamilies(String written, String shown) {
    assertEquals(shown, Subnet.parse(written).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eu              | `eu` is not a client subnet; write one, as 203.0.113.0/24 or 2001:db8::/48
          203.0.113.0     | `203.0.113.0` is not a client subnet; write one, as 203.0.113.0/24 or 2001:db8::/48
          203.0.113/24    | `203.0.113/24` is not a client subnet; write one, as 203.0.113.0/24 or 2001:db8::/48
          203.0.113.0/33  | `203.0.113.0/33` is not a client subnet; write one, as 203.0.113.0/24 or 2001:db8::/48
          2001:db8::/129  | `2001:db8::/129` is not a client subnet; write one, as 203.0.113.0/24 or 2001:db8::/48
          203.0.113.9/24  | `203.0.113.9/24` names a host in its subnet; write 203.0.113.0/24
          2001:db8::1/48  | `2001:db8::1/48` names a host in its subnet; write 2001:db8::/48
          """)
  void saysWhatToWriteInstead(String written, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Subnet.parse(written));
    assertEquals(message, refused.getMessage());
  }
}
