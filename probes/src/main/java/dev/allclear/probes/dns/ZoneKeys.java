package dev.allclear.probes.dns;

import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DNSSEC.DNSSECException;
import org.xbill.DNS.DNSSEC.UnsupportedAlgorithmException;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;

/// The keys of a zone as one authority shows them, with the signatures over them.
record ZoneKeys(List<DNSKEYRecord> keys, List<RRSIGRecord> signatures) {
  /// Tags may collide by design of an attacker, and each signature costs time to check.
  private static final int MOST_CHECKED = 8;

  ZoneKeys {
    keys = List.copyOf(keys);
    signatures = List.copyOf(signatures);
  }

  List<Integer> tags() {
    return keys.stream().map(DNSKEYRecord::getFootprint).sorted().toList();
  }

  /// Those whose digest a parent's record holds (RFC 4034, 5.1.4).
  List<DNSKEYRecord> named(DSRecord ds) {
    return keys.stream()
        .filter(key -> key.getFootprint() == ds.getFootprint())
        .filter(key -> key.getAlgorithm() == ds.getAlgorithm())
        .limit(MOST_CHECKED)
        .filter(key -> Arrays.equals(digest(key, ds.getDigestID()), ds.getDigest()))
        .toList();
  }

  private static byte[] digest(DNSKEYRecord key, int kind) {
    try {
      return new DSRecord(key.getName(), DClass.IN, 0, kind, key).getDigest();
    } catch (IllegalArgumentException | IllegalStateException _) {
      // A digest that nobody here knows proves nothing.
      return new byte[0];
    }
  }

  /// Whether it signs all of them, at whatever time: when it does is another question.
  boolean signedBy(DNSKEYRecord key) {
    return signatures.stream()
        .filter(signature -> signature.getFootprint() == key.getFootprint())
        .filter(signature -> signature.getAlgorithm() == key.getAlgorithm())
        .limit(MOST_CHECKED)
        .anyMatch(signature -> verifies(signature, key));
  }

  private boolean verifies(RRSIGRecord signature, DNSKEYRecord key) {
    RRset set = new RRset();
    keys.forEach(set::addRR);
    try {
      DNSSEC.verify(set, signature, key, signature.getTimeSigned());
      return true;
    } catch (UnsupportedAlgorithmException _) {
      // That it cannot be told here is not held against the zone.
      return true;
    } catch (DNSSECException | RuntimeException _) {
      // What a stranger sends may upset any parser.
      return false;
    }
  }
}
