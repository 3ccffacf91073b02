package dev.allclear.probes.journey;

import static dev.allclear.probes.Outcome.pass;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.http.Link;
import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A resumed TLS session shows no certificate: one that has expired since would go unnoticed.
final class TlsSessionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void noRunResumesTheSessionOfAnother(String version) throws IOException {
    SSLSocketFactory sockets = Certificates.server(Certificates.GOOD);
    Set<Long> begun = ConcurrentHashMap.newKeySet();
    try (RawServer server = RawServer.start((raw, _) -> answer(sockets, version, raw, begun))) {
      Link link = Link.DEFAULT.secured(Certificates.trusting());
      Step step = get("https://shop.example:" + server.port() + "/").step().over(link);
      for (int runs = 1; runs <= 3; runs++) {
        assertEquals(pass(), run(step).outcome());
      }
    }
    assertEquals(3, begun.size());
  }

  /// Notes when the session began, which is of one millisecond alone.
  private static void answer(SSLSocketFactory sockets, String version, Socket raw, Set<Long> begun)
      throws IOException {
    try (SSLSocket secured = (SSLSocket) sockets.createSocket(raw, null, raw.getPort(), true)) {
      secured.setUseClientMode(false);
      secured.setEnabledProtocols(new String[] {version});
      RawServer.readRequest(secured);
      long now = secured.getSession().getCreationTime();
      while (System.currentTimeMillis() <= now) {
        Thread.onSpinWait();
      }
      begun.add(now);
      RawServer.write(secured, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  }
}
