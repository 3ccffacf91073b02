package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.allclear.probes.Heard;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

final class ViewTest {
  private static final Question SHOP = new Question("shop.test", "A");
  private static final Subnet EU = Subnet.parse("203.0.113.0/24");
  private static final Subnet US = Subnet.parse("2001:db8::/48");

  private final Wire wire = Wire.open(new RealClock());

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void keepsForWhomAnAnswerIsAndHowFarItHolds() throws IOException {
    assertEquals(new Heard.ClientSubnet("203.0.113.0/24", 20), heard(EU, ViewTest::scope20));
    assertEquals(new Heard.ClientSubnet("2001:db8::/48", 20), heard(US, ViewTest::scope20));
    assertEquals("", remark(EU, ViewTest::scope20));
  }

  @Test
  void saysWhyItIsNoViewOfThatNetwork() throws IOException {
    assertEquals(
        "says nothing of client subnets: whether this is a view of 203.0.113.0/24 cannot be told",
        remark(EU, _ -> null));
    assertEquals(
        "answered for 192.0.2.0/24, not for 203.0.113.0/24",
        remark(EU, _ -> Subnet.parse("192.0.2.0/24").option()));
    assertEquals(
        "tells smaller networks apart than 203.0.113.0/24: its answer holds for a /28 of it",
        remark(EU, asked -> new ClientSubnetOption(24, 28, asked.getAddress())));
    assertEquals(
        "says the same to every client (scope 0)",
        remark(EU, asked -> new ClientSubnetOption(24, 0, asked.getAddress())));
  }

  private static ClientSubnetOption scope20(ClientSubnetOption asked) {
    return new ClientSubnetOption(asked.getSourcePrefixLength(), 20, asked.getAddress());
  }

  private Heard.@Nullable ClientSubnet heard(
      Subnet subnet, Function<ClientSubnetOption, @Nullable ClientSubnetOption> echo)
      throws IOException {
    return view(subnet, echo).step().reply() instanceof Reply.Dns dns ? dns.heard().subnet() : null;
  }

  private String remark(
      Subnet subnet, Function<ClientSubnetOption, @Nullable ClientSubnetOption> echo)
      throws IOException {
    return view(subnet, echo).remark();
  }

  private View view(Subnet subnet, Function<ClientSubnetOption, @Nullable ClientSubnetOption> echo)
      throws IOException {
    try (HostileServer server =
        HostileServer.overUdp(query -> List.of(answer(query, echo).toWire()))) {
      Lookup lookup = new Lookup(Duration.ofSeconds(5), wire);
      StepRun step = lookup.ask(SHOP, List.of(server.as("9.9.9.9").seenFrom(subnet))).getFirst();
      return new View(SHOP, subnet, step);
    }
  }

  private static Message answer(
      Message query, Function<ClientSubnetOption, @Nullable ClientSubnetOption> echo) {
    Message answer = HostileServer.reply(query);
    OPTRecord edns = query.getOPT();
    assertNotNull(edns);
    ClientSubnetOption asked =
        (ClientSubnetOption) edns.getOptions(EDNSOption.Code.CLIENT_SUBNET).getFirst();
    ClientSubnetOption said = echo.apply(asked);
    if (said != null) {
      answer.addRecord(new OPTRecord(1232, 0, 0, 0, said), Section.ADDITIONAL);
    }
    return answer;
  }
}
