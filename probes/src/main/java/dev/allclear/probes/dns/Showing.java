package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import dev.allclear.probes.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.RRSIGRecord;

/// What one authority shows of how a zone is signed: the answers it gave when asked for signatures,
/// too.
record Showing(String zone, String server, List<Reply.Dns> answers) {
  private static final int OPT_OUT = 1;

  ZoneKeys keys() {
    List<DNSKEYRecord> keys = new ArrayList<>();
    List<RRSIGRecord> signatures = new ArrayList<>();
    for (Reply.Dns answer : answers) {
      keys.addAll(Proofs.of(keys(answer), DNSKEYRecord.class));
      signatures.addAll(Signed.of(zone, "DNSKEY", answer.heard().proofs()).signatures());
    }
    return new ZoneKeys(keys.stream().distinct().toList(), signatures);
  }

  private List<Heard.Line> keys(Reply.Dns answer) {
    return answer.heard().lines().stream()
        .filter(line -> line.type().equals("DNSKEY") && line.owner().equals(zone))
        .toList();
  }

  /// Every record set of the zone itself, with its signatures.
  List<Signed> signed() {
    Map<String, Signed> signed = new LinkedHashMap<>();
    for (Reply.Dns answer : answers) {
      for (Heard.Line line : answer.heard().lines()) {
        if (isWithin(line.owner())) {
          Signed set = Signed.of(line.owner(), line.type(), answer.heard().proofs());
          signed.putIfAbsent(set.what(), set);
        }
      }
    }
    return List.copyOf(signed.values());
  }

  private boolean isWithin(String owner) {
    return zone.equals(".") || owner.equals(zone) || owner.endsWith("." + zone);
  }

  /// By what it proves that something is not there; empty if by nothing.
  String denial() {
    for (Reply.Dns answer : answers) {
      for (Heard.Line line : answer.heard().proofs()) {
        switch (line.type()) {
          case "NSEC" -> {
            return "NSEC";
          }
          case "NSEC3" -> {
            // Algorithm, then flags (RFC 5155, 3.3).
            boolean out = (Integer.parseInt(line.data().split(" ", 3)[1]) & OPT_OUT) != 0;
            return out ? "NSEC3 with opt-out" : "NSEC3";
          }
          default -> {}
        }
      }
    }
    return "";
  }
}
