package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerTest {
  @ParameterizedTest
  @CsvSource({
    "9.9.9.9,office (9.9.9.9:53),UDP",
    "127.0.0.1:5301,office (127.0.0.1:5301),UDP",
    "udp://127.0.0.1:5301,office (127.0.0.1:5301),UDP",
    "TCP://127.0.0.1,office (127.0.0.1:53),TCP",
    "2001:DB8:0::1,office ([2001:db8::1]:53),UDP",
    "::1,office ([::1]:53),UDP",
    "[2001:db8::1]:5353,office ([2001:db8::1]:5353),UDP",
    "tcp://[::],office ([::]:53),TCP",
    "tls://9.9.9.9,office (tls://9.9.9.9),TLS",
    "tls://dns.example:8853,office (tls://dns.example:8853),TLS",
    "TLS://2001:DB8::1,office (tls://[2001:db8::1]),TLS",
    "https://dns.example/dns-query,office (https://dns.example/dns-query),HTTPS",
    "https://127.0.0.1:8443/q?a=b,office (https://127.0.0.1:8443/q?a=b),HTTPS"
  })
  void readsAddresses(String text, String shown, Server.Transport transport) {
    Server server = Server.parse("office", text);
    assertEquals(shown, server.toString());
    assertEquals(transport, server.transport());
    assertFalse(server.authority());
    assertTrue(server.asAuthority().authority());
  }

  @Test
  void saysTheAddressOnceIfItIsTheName() {
    assertEquals("127.0.0.1:5301", Server.parse("127.0.0.1:5301", "127.0.0.1:5301").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quic://9.9.9.9 | quic:// is not supported; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "dns.example | `dns.example` is not an IP address; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "dns.example:53 | `dns.example` is not an IP address; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "127.1 | `127.1` is not an IP address; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "1.2.3.256 | `1.2.3.256` is not an IP address; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "[::1 | `[::1` is not an IP address; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "tls:// | `` is not an IP address or host name; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "tls://127.1 | `127.1` is not an IP address or host name; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "tls://dns.example/x | `dns.example/x` is not an IP address or host name; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "https://dns.example | `dns.example` names no path; write one, as https://HOST/dns-query",
        "https://dns.example/dns-query{?dns} | `dns.example/dns-query{?dns}` names no path; write one, as https://HOST/dns-query",
        "https://a b/dns-query | `a b` is not an IP address or host name; write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query",
        "1.2.3.4:0 | `0` is not a port; write a number from 1 to 65535",
        "1.2.3.4:99999 | `99999` is not a port; write a number from 1 to 65535",
        "1.2.3.4:dns | `dns` is not a port; write a number from 1 to 65535",
        "1.2.3.4: | `` is not a port; write a number from 1 to 65535"
      })
  void refusesTheRestAndSaysWhatToWrite(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Server.parse("office", text))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:0:0:0:1,2001:db8::1",
    "0:0:0:0:0:0:0:0,::",
    "1:0:0:2:0:0:0:3,1:0:0:2::3",
    "1:0:2:3:4:5:6:7,1:0:2:3:4:5:6:7",
    "fe80:0:0:0:0:0:0:0,fe80::",
    "10:0:0:100:1:1:1:1,10::100:1:1:1:1"
  })
  void showsTheCanonicalFormOfIpv6(String written, String shown) {
    assertEquals("[" + shown + "]:53", Server.parse("[" + shown + "]:53", written).toString());
  }
}
