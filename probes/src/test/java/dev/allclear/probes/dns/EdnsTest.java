package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

final class EdnsTest {
  private static final Question SHOP = new Question("shop.test", "A");

  private final Wire wire = Wire.open(new RealClock());
  private final Lookup lookup = new Lookup(Duration.ofSeconds(5), wire);

  @AfterEach
  void close() {
    wire.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP})
  void asksAgainWithoutEdnsWhatIsNotUnderstoodAndSaysSo(int rcode) throws IOException {
    try (HostileServer old = HostileServer.overUdp(query -> List.of(before(query, rcode)))) {
      StepRun step = lookup.ask(SHOP, List.of(old.as("old"))).getFirst();
      assertEquals(Outcome.pass(), step.outcome());
      Reply.Dns dns = (Reply.Dns) step.reply();
      assertEquals("udp, then without EDNS", dns.heard().carriage().toString());
    }
  }

  /// From the time before EDNS.
  private static byte[] before(Message query, int rcode) {
    Message reply = HostileServer.reply(query);
    if (query.getOPT() != null) {
      reply.getHeader().setRcode(rcode);
    }
    return reply.toWire();
  }

  @Test
  void aServerThatFailsWithoutEdnsTooIsAskedTwiceAndNoMore() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (HostileServer broken =
        HostileServer.overUdp(query -> {
          asked.incrementAndGet();
          Message reply = HostileServer.reply(query);
          reply.getHeader().setRcode(Rcode.FORMERR);
          return List.of(reply.toWire());
        })) {
      StepRun step = lookup.ask(SHOP, List.of(broken.as("broken"))).getFirst();
      assertEquals(Outcome.fail(Cause.DNS, "broken answered FORMERR"), step.outcome());
      assertEquals(2, asked.get());
    }
  }
}
