package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Authorities;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DnsWatchJsonTest {
  private static final Subject SUBJECT =
      new Subject(
          "shop.example A",
          new Question("shop.example", "A"),
          null,
          List.of(Server.parse("192.0.2.51", "192.0.2.51").asAuthority()),
          List.of(),
          Duration.ofSeconds(1));

  @Test
  void saysThatNothingChanged() {
    assertEquals(
        "{\"name\":\"shop.example A\",\"changed\":false,\"converged\":false}",
        new DnsWatchJson(DnsWatchLinesTest.at(20), null).of(SUBJECT, null, false));
  }

  @Test
  void tellsThePartsFromTheOrderOn() {
    String json =
        new DnsWatchJson(DnsWatchLinesTest.at(20), DnsWatchLinesTest.at(8))
            .of(SUBJECT, DnsWatchLinesTest.spread(), false);
    assertTrue(json.contains("\"ordered\":\"2026-11-22T00:00:08.000Z\""), json);
    assertTrue(json.contains("\"api\":{\"min\":1.5,\"likely\":1.8,\"max\":2.1}"), json);
    assertTrue(json.contains("\"tail\":null,\"whole\":null"), json);
    assertTrue(json.contains("\"flips\":[{\"cache\":\"\",\"flip\":null}]"), json);
  }

  /// Of what was new at the first look nobody knows since when.
  @Test
  void whatHasNoBoundIsNull() {
    Authorities authorities =
        Authorities.of(List.of("ns1"))
            .with(
                "ns1",
                Sighting.of(DnsWatchLinesTest.at(10), DnsWatchLinesTest.at(10.1), Said.NEW, 30));
    Spread spread = new Spread(DnsWatchLinesTest.at(10), false, 30, authorities, List.of());
    String json = new DnsWatchJson(DnsWatchLinesTest.at(20), null).of(SUBJECT, spread, true);
    assertTrue(json.contains("\"earliest\":null,\"latest\":\"2026-11-22T00:00:10.100Z\""), json);
    assertTrue(json.contains("\"sync\":{\"min\":0.0,\"likely\":null,\"max\":null}"), json);
    assertFalse(json.contains("\"api\":{"), json);
  }
}
