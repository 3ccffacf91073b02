package dev.allclear.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegionTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.10, 192.0.2.10, 0",
    "192.0.2.10:8443, 192.0.2.10, 8443",
    "2001:db8::1, 2001:db8::1, 0",
    "[2001:db8::1]:443, 2001:db8::1, 443"
  })
  void readsAddressAndPort(String text, String address, int port) {
    assertEquals(new Region(InetAddress.ofLiteral(address), port), Region.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop.example | `shop.example` is not an IP address; write one, as 192.0.2.10 or 2001:db8::10",
        "10.1 | `10.1` is not an IP address; write one, as 192.0.2.10 or 2001:db8::10",
        "192.0.2.10:0 | `192.0.2.10:0` has no port from 1 to 65535; write one, or none",
        "192.0.2.10:70000 | `192.0.2.10:70000` is not HOST:PORT; write one, as 127.0.0.1:9844",
      })
  void saysWhatToWriteInstead(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Region.parse(text)).getMessage());
  }
}
