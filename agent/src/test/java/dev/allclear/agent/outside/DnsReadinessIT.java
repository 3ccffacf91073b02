package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/// `allclear dns --rto` tells what is in force from what is published, at a real authority whose
/// TTL is lowered.
final class DnsReadinessIT {
  private static final String ZONE =
      """
      @ 300 SOA ns1 admin 1 15 5 86400 20
      @ 300 NS ns1
      ns1 300 A 127.0.0.17
      app 300 A 192.0.2.1
      """;

  @TempDir private Path folder;

  @Test
  void saysWhenALoweredTtlIsInForce() throws IOException, InterruptedException {
    try (DnsLab lab = new DnsLab(folder)) {
      Authority authority = lab.authority(ZONE);
      Cache cache = lab.cache(Software.UNBOUND, authority);
      cache.ask("app", Type.A);
      String[] question = {"-a", authority.address(), "-r", cache.address(), "--rto", "2m"};

      Finished high = ask("app.fo.test", question);
      assertEquals(1, high.code(), high::toString);
      assertSays("app.fo.test A decides (5m)", high);
      assertSays("a TTL of 119s or less would do", high);

      authority.put("app", 30, "A", "192.0.2.1");
      Finished lowered = ask("app.fo.test", question);
      assertEquals(1, lowered.code(), lowered::toString);
      assertSays("the entry at " + cache.address() + " decides (", lowered);
      assertSays("as published it would be 31s, but older entries last longer; ready at", lowered);
      assertSays("feasible for 4", lowered);

      Finished told = ask("app.fo.test", "-a", authority.address(), "--rto", "2m");
      assertEquals(0, told.code(), told::toString);
      assertSays("feasible: an RTO of 2m leaves 1m29s", told);
      assertSays(
          "a name that the failover creates may be denied for 20s more, where it was asked for",
          told);
      Finished before =
          ask("app.fo.test", "-a", authority.address(), "--rto", "2m", "--ttl-before", "5m");
      assertEquals(1, before.code(), before::toString);
      assertSays("app.fo.test A decides (5m)", before);
      assertSays("as published it would be 31s, but older entries last longer; ready at", before);
    }
  }

  @Test
  void judgesANameThatIsNotThereByTheNegativeTtl() throws IOException, InterruptedException {
    try (DnsLab lab = new DnsLab(folder)) {
      Authority authority = lab.authority(ZONE);
      Finished denied = ask("nope.fo.test", "-a", authority.address(), "--rto", "10s");
      assertEquals(1, denied.code(), denied::toString);
      assertSays("the denial of nope.fo.test decides (20s)", denied);
      assertSays("an RTO of 10s is missed by up to 11s; a TTL of 9s or less would do", denied);
    }
  }

  private Finished ask(String name, String... more) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("dns", name, "--timeout", "20s"));
    arguments.addAll(List.of(more));
    return Binary.run(folder, arguments.toArray(String[]::new));
  }

  /// However the lines are broken.
  private static void assertSays(String sentence, Finished finished) {
    String text = finished.out().replaceAll("\\s+", " ");
    assertTrue(text.contains(sentence), () -> sentence + " is not in " + finished);
  }
}
