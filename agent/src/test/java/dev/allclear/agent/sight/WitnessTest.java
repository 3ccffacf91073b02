package dev.allclear.agent.sight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.config.Control;
import dev.allclear.agent.yaml.HostPort;
import dev.allclear.probes.dns.Nameserver;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WitnessTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Wire wire = Wire.open(new SystemClock(1));

  @AfterEach
  void close() {
    wire.close();
  }

  private String ask(Control control) {
    return Witness.of(control, wire).way().apply(TIMEOUT);
  }

  @Test
  void oneThatAcceptsAConnectionAnswers() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      assertEquals("", ask(new Control.Tcp("tcp", new HostPort("127.0.0.1", port))));
    }
    assertEquals(
        "Connection refused", ask(new Control.Tcp("tcp", new HostPort("127.0.0.1", port))));
  }

  @Test
  void oneThatSaysAnythingInHttpAnswers() throws IOException {
    URI url;
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse.Builder().code(500).build());
      server.start();
      url = server.url("/").uri();
      assertEquals("", ask(new Control.Web("web", url)));
    }
    assertFalse(ask(new Control.Web("web", url)).isEmpty());
  }

  @Test
  void oneThatSaysAnythingInDnsAnswers() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Nameserver server =
        Nameserver.start(any, _ -> new Nameserver.Answer("REFUSED", false, List.of()))) {
      String text = "127.0.0.1:" + server.address().getPort();
      assertEquals("", ask(new Control.Dns("dns", Server.parse("dns", text))));
    }
  }
}
