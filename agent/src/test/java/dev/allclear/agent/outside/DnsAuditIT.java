package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/// `allclear dns` walks down from a real root, and says what is wrong with a delegation and with
/// the signatures of a zone, beside a resolver that validates.
final class DnsAuditIT {
  private static final String ROOT =
      """
      . 300 SOA root. admin. 1 15 5 86400 20
      . 300 NS root.
      root. 300 A 127.0.0.16
      fo.test. 3600 NS ns1.fo.test.
      ns1.fo.test. 3600 A 127.0.0.17
      """;

  private static final String ZONE =
      """
      @ 300 SOA ns1 admin 1 15 5 86400 20
      @ 300 NS ns1
      ns1 300 A 127.0.0.17
      app 60 A 192.0.2.1
      """;

  @TempDir private Path folder;
  private DnsLab lab;

  @BeforeEach
  void open() {
    lab = new DnsLab(folder);
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @Test
  @Execution(CONCURRENT)
  void saysThatASignedZoneIsGoodAndWhoValidatesIt() throws IOException, InterruptedException {
    Authority zone = lab.authority(ZONE, "dnssec-signing: on", "dnssec-policy: quick");
    Cache cache = validating(zone);
    Finished good = ask(lab.root(ROOT + atParent(zone.ds())), zone, cache);
    assertEquals(0, good.code(), good::toString);
    assertSays("agreed: all 2 say the same", good);
    assertSays(
        "dnssec good: fo.test is signed (ECDSAP256SHA256, DS %s, NSEC); its signatures hold for 13"
                .formatted(tag(zone.ds()))
            + " days; validated at "
            + cache.address(),
        good);
  }

  @Test
  @Execution(CONCURRENT)
  void saysThatSignaturesHaveEnded() throws IOException, InterruptedException {
    Authority zone = lab.expired(ZONE);
    Cache cache = validating(zone);
    Finished ended = ask(lab.root(ROOT + atParent(zone.ds())), zone, cache);
    assertEquals(1, ended.code(), ended::toString);
    assertSays(
        cache.address()
            + " answers SERVFAIL because DNSSEC validation fails there; unchecked it says 192.0.2.1",
        ended);
    assertSays("dnssec broken: fo.test is signed (ECDSAP256SHA256, DS", ended);
    assertSays("ns1.fo.test at 127.0.0.17 gives a signature of app.fo.test A that ended", ended);
    assertSays("days ago: validating resolvers refuse it", ended);
  }

  @Test
  @Execution(CONCURRENT)
  void saysThatTheParentNamesAnotherKey() throws IOException, InterruptedException {
    Authority zone = lab.authority(ZONE, "dnssec-signing: on", "dnssec-policy: quick");
    String wrong = "fo.test. DS 1 13 2 " + "00".repeat(32);
    Finished mismatch = ask(lab.root(ROOT + atParent(wrong)), zone, validating(zone));
    assertEquals(1, mismatch.code(), mismatch::toString);
    assertSays(
        "ns1.fo.test at 127.0.0.17 shows no key that the DS of fo.test at its parent names (1), only",
        mismatch);
    assertSays("validating resolvers refuse every name of it", mismatch);
  }

  @Test
  @Execution(CONCURRENT)
  void saysThatGlueIsNotWhatTheZoneSays() throws IOException, InterruptedException {
    Authority zone = lab.authority(ZONE.replace("ns1 300 A 127.0.0.17", "ns1 300 A 127.0.0.99"));
    Cache cache = lab.cache(Software.UNBOUND, zone);
    Finished glued = ask(lab.root(ROOT), zone, cache);
    assertEquals(0, glued.code(), glued::toString);
    assertSays("zone: fo.test, which 127.0.0.16:", glued);
    assertSays("delegates; a move to other nameservers may take 1h00m", glued);
    assertSays(
        "the glue of ns1.fo.test at its parent is 127.0.0.17, but fo.test itself says 127.0.0.99",
        glued);
  }

  /// From the root on, beside one resolver.
  private Finished ask(Authority root, Authority zone, Cache resolver, String... more)
      throws IOException, InterruptedException {
    Cache way = lab.iterating(List.of(root, zone));
    String top = way.upstreams().getFirst();
    List<String> arguments = new ArrayList<>(List.of("dns", "app.fo.test"));
    arguments.addAll(List.of("--root-server", top, "--resolver", resolver.address()));
    arguments.addAll(List.of("--timeout", "20s"));
    arguments.addAll(List.of("--authority-port", top.substring(top.lastIndexOf(':') + 1)));
    arguments.addAll(List.of(more));
    return Binary.run(folder, arguments.toArray(String[]::new));
  }

  private Cache validating(Authority authority) throws IOException, InterruptedException {
    return lab.cache(
        Software.UNBOUND,
        authority,
        "module-config: \"validator iterator\"",
        "trust-anchor: \"%s\"".formatted(authority.ds()));
  }

  private static String atParent(String ds) {
    return ds.replaceFirst("^fo\\.test\\.( IN)? DS", "fo.test. 3600 DS") + "\n";
  }

  private static String tag(String ds) {
    return ds.replaceFirst(".* DS ", "").split(" ", -1)[0];
  }

  /// However the lines are broken.
  private static void assertSays(String sentence, Finished finished) {
    String text = finished.out().replaceAll("\\s+", " ");
    assertTrue(text.contains(sentence), () -> sentence + " is not in " + finished);
  }
}
