package dev.allclear.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegionTest {

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.10", "2001:db8::1"})
  void readsAnAddress(String text) {
    assertEquals(new Region(InetAddress.ofLiteral(text)), Region.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop.example | `shop.example` is not an IP address; write one, as 192.0.2.10 or 2001:db8::10",
        "10.1 | `10.1` is not an IP address; write one, as 192.0.2.10 or 2001:db8::10",
        "192.0.2.10:443 | `192.0.2.10:443` is not an IP address; write one, as 192.0.2.10 or 2001:db8::10",
      })
  void saysWhatToWriteInstead(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Region.parse(text)).getMessage());
  }
}
