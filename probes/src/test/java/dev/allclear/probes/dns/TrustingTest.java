package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.allclear.probes.Heard;
import dev.allclear.probes.Reply;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DNSSEC.DNSSECException;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;

final class TrustingTest {
  private static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");
  private static final Instant BEGUN = NOW.minus(Duration.ofDays(1));
  private static final Instant LATER = NOW.plus(Duration.ofDays(13));
  private static final Name ZONE = Name.fromConstantString("fo.test.");
  private static final Name APP = Name.fromConstantString("app.fo.test.");
  private static final int SIGNING = 257;

  private final Key key = Key.of("EC", 256, DNSSEC.Algorithm.ECDSAP256SHA256);
  private final Key other = Key.of("EC", 256, DNSSEC.Algorithm.ECDSAP256SHA256);

  /// One key of the zone.
  private record Key(KeyPair pair, DNSKEYRecord record) {
    static Key of(String kind, int size, int algorithm) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(size);
        KeyPair pair = generator.generateKeyPair();
        return new Key(
            pair,
            new DNSKEYRecord(
                ZONE,
                DClass.IN,
                300,
                SIGNING,
                DNSKEYRecord.Protocol.DNSSEC,
                algorithm,
                pair.getPublic()));
      } catch (GeneralSecurityException | DNSSECException e) {
        throw new IllegalStateException(e);
      }
    }

    int tag() {
      return record.getFootprint();
    }

    DSRecord ds() {
      return new DSRecord(ZONE, DClass.IN, 3600, DNSSEC.Digest.SHA256, record);
    }

    Heard.Line signs(List<? extends Record> records, Instant from, Instant to) {
      RRset set = new RRset();
      records.forEach(set::addRR);
      try {
        return Chain.line(DNSSEC.sign(set, record, pair.getPrivate(), from, to));
      } catch (DNSSECException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static ARecord app() {
    return new ARecord(APP, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1"));
  }

  private static Reply.Dns reply(List<? extends Record> records, List<Heard.Line> proofs) {
    Heard heard =
        new Heard(
            "app.fo.test A",
            records.stream().map(Chain::line).toList(),
            List.of("aa"),
            List.of(),
            "",
            null,
            null,
            null,
            proofs,
            Heard.Carriage.UNKNOWN);
    return new Reply.Dns("ns1", true, "NOERROR", List.of(), Duration.ZERO, Duration.ZERO, heard);
  }

  private Showing keys(List<Key> shown, Key signer, Reply.Dns... more) {
    List<DNSKEYRecord> records = shown.stream().map(Key::record).toList();
    List<Reply.Dns> answers = new ArrayList<>(List.of(more));
    answers.add(reply(records, List.of(signer.signs(records, BEGUN, LATER))));
    return new Showing("fo.test", "ns1", answers);
  }

  private Showing good() {
    return keys(List.of(key), key, reply(List.of(app()), signature(BEGUN, LATER)));
  }

  private List<Heard.Line> signature(Instant from, Instant to) {
    return List.of(key.signs(List.of(app()), from, to));
  }

  private static Trusting trusting(@Nullable List<DSRecord> ds, Showing... shown) {
    return new Trusting("fo.test", ds, List.of(shown), NOW, Duration.ofMinutes(2));
  }

  @Test
  void aKeyThatTheParentNamesAndThatSignsIsGood() {
    Trusting trusting = trusting(List.of(key.ds()), good());
    assertEquals(List.of(), trusting.faults());
    assertEquals(List.of(), trusting.advice());
    assertEquals(List.of("ECDSAP256SHA256"), trusting.algorithms());
    assertEquals(Duration.ofDays(13), trusting.left());
  }

  @Test
  void saysThatNoKeyIsTheOneThatTheParentNames() {
    assertEquals(
        List.of(
            "ns1 shows no key that the DS of fo.test at its parent names (%d), only %d: validating resolvers refuse every name of it"
                .formatted(other.tag(), key.tag())),
        trusting(List.of(other.ds()), good()).faults());
  }

  @Test
  void saysThatThereIsNoKeyAtAll() {
    Showing bare = new Showing("fo.test", "ns1", List.of(reply(List.of(app()), List.of())));
    assertEquals(
        List.of(
            "ns1 shows no key of fo.test, though its parent has a DS for it (%d): validating resolvers refuse every name of it"
                .formatted(key.tag())),
        trusting(List.of(key.ds()), bare).faults());
  }

  @Test
  void saysThatTheNamedKeySignsNothing() {
    assertEquals(
        List.of(
            "ns1 does not sign the keys of fo.test with the one that the DS at its parent names (%d): validating resolvers refuse every name of it"
                .formatted(key.tag())),
        trusting(List.of(key.ds()), keys(List.of(key, other), other)).faults());
  }

  @Test
  void saysSinceWhenASignatureHasEnded() {
    Reply.Dns ended = reply(List.of(app()), signature(BEGUN, NOW.minusSeconds(90)));
    Trusting trusting = trusting(List.of(key.ds()), keys(List.of(key), key, ended));
    assertEquals(
        List.of(
            "ns1 gives a signature of app.fo.test A that ended 1m30s ago: validating resolvers refuse it"),
        trusting.faults());
  }

  @Test
  void saysWhenASignatureBegins() {
    Reply.Dns early = reply(List.of(app()), signature(NOW.plus(Duration.ofDays(3)), LATER));
    assertEquals(
        List.of(
            "ns1 gives a signature of app.fo.test A that begins only in 3 days: validating resolvers refuse it"),
        trusting(List.of(key.ds()), keys(List.of(key), key, early)).faults());
  }

  @Test
  void saysWhatIsNotSigned() {
    Reply.Dns bare = reply(List.of(app()), List.of());
    assertEquals(
        List.of(
            "ns1 gives no signature of app.fo.test A, though the zone is signed: validating resolvers refuse it"),
        trusting(List.of(key.ds()), keys(List.of(key), key, bare)).faults());
  }

  @Test
  void oneOfTwoSignaturesIsEnough() {
    List<Heard.Line> both = new ArrayList<>(signature(BEGUN, NOW.minusSeconds(1)));
    both.addAll(signature(BEGUN, LATER));
    Showing showing = keys(List.of(key), key, reply(List.of(app()), both));
    assertEquals(List.of(), trusting(List.of(key.ds()), showing).faults());
  }

  @Test
  void warnsOfASignatureThatEndsWithinTheObjective() {
    Reply.Dns soon = reply(List.of(app()), signature(BEGUN, NOW.plusSeconds(100)));
    Trusting trusting = trusting(List.of(key.ds()), keys(List.of(key), key, soon));
    assertEquals(List.of(), trusting.faults());
    assertEquals(
        List.of(
            "ns1 gives a signature of app.fo.test A that ends in 1m40s, within an RTO of 2m: unless it is renewed, validating resolvers refuse it from then on"),
        trusting.advice());
    assertEquals(Duration.ofSeconds(100), trusting.left());
  }

  @Test
  void saysThatNobodyValidatesWithoutADsAndNothingWhereItIsNotKnown() {
    assertEquals(
        List.of("fo.test is signed, but its parent has no DS for it: nobody validates it"),
        trusting(List.of(), good()).advice());
    assertEquals(List.of(), trusting(null, good()).advice());
    assertNull(trusting(null, good()).tags());
  }

  @Test
  void tellsADsThatIsLeftOverFromOneThatCounts() {
    Trusting trusting = trusting(List.of(key.ds(), other.ds()), good());
    assertEquals(List.of(), trusting.faults());
    assertEquals(
        List.of(
            "the DS %d of fo.test at its parent names a key that no authority shows: it is left over, or of a key to come"
                .formatted(other.tag())),
        trusting.advice());
  }

  @Test
  void warnsOfAnAlgorithmThatResolversGiveUp() {
    Key weak = Key.of("RSA", 1024, DNSSEC.Algorithm.RSASHA1);
    assertEquals(
        List.of("fo.test is signed with RSASHA1, which resolvers may take for unsigned (RFC 8624)"),
        trusting(List.of(weak.ds()), keys(List.of(weak), weak)).advice());
  }

  @Test
  void whatCannotBeReadOrIsAnothersCountsForNothing() {
    Heard heard =
        new Heard(
            "fo.test DNSKEY",
            List.of(
                new Heard.Line("fo.test", "DNSKEY", Duration.ZERO, "257 3 13 key?"),
                new Heard.Line("other.test", "DNSKEY", Duration.ZERO, "257 3 13 AAAA")),
            List.of("aa"),
            List.of(),
            "",
            null,
            null,
            null,
            List.of(new Heard.Line("fo.test", "RRSIG", Duration.ZERO, "DNSKEY nonsense")),
            Heard.Carriage.UNKNOWN);
    Reply.Dns odd =
        new Reply.Dns("ns1", true, "NOERROR", List.of(), Duration.ZERO, Duration.ZERO, heard);
    Showing showing = new Showing("fo.test", "ns1", List.of(odd));
    assertEquals(new ZoneKeys(List.of(), List.of()), showing.keys());
    assertEquals(
        List.of(
            "ns1 shows no key of fo.test, though its parent has a DS for it (%d): validating resolvers refuse every name of it"
                .formatted(key.tag())),
        trusting(List.of(key.ds()), showing).faults());
  }

  @Test
  void saysHowNamesAreDenied() {
    assertEquals("", good().denial());
    assertEquals("NSEC", denying("NSEC", "a.fo.test. A RRSIG NSEC"));
    assertEquals("NSEC3", denying("NSEC3", "1 0 0 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A"));
    assertEquals(
        "NSEC3 with opt-out", denying("NSEC3", "1 1 0 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A"));
  }

  private static String denying(String type, String data) {
    Heard.Line proof = new Heard.Line("fo.test", type, Duration.ofSeconds(20), data);
    return new Showing("fo.test", "ns1", List.of(reply(List.of(), List.of(proof)))).denial();
  }

  @Test
  void saysAllOfItInOneSentence() {
    Trusting trusting = trusting(List.of(key.ds()), good());
    assertEquals(
        "fo.test is signed (ECDSAP256SHA256, DS %d, NSEC); its signatures hold for 13 days; validated at a, not at b"
            .formatted(key.tag()),
        security(trusting.tags(), List.of("a"), List.of("b")).toString());
    assertEquals(
        "fo.test is signed (ECDSAP256SHA256, no DS, NSEC); its signatures hold for 13 days; not validated at b",
        security(List.of(), List.of(), List.of("b")).toString());
    assertEquals(
        "fo.test is signed (ECDSAP256SHA256, DS not known, NSEC); its signatures hold for 13 days; no resolver could be asked whether it validates",
        security(null, List.of(), List.of()).toString());
  }

  private static Security security(
      @Nullable List<Integer> ds, List<String> validating, List<String> trusting) {
    return new Security(
        "fo.test",
        List.of("ECDSAP256SHA256"),
        ds,
        "NSEC",
        Duration.ofDays(13),
        validating,
        trusting,
        List.of(),
        List.of());
  }
}
