package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.RRSIGRecord;

/// The signatures over one record set, as one authority gives them. `what` is its name and type.
record Signed(String what, List<RRSIGRecord> signatures) {

  /// Of the signatures in an answer those that cover this name and type (RFC 4034, 3).
  static Signed of(String owner, String type, List<Heard.Line> proofs) {
    List<Heard.Line> covering =
        proofs.stream()
            .filter(line -> line.type().equals("RRSIG") && line.owner().equals(owner))
            .filter(line -> line.data().startsWith(type + " "))
            .toList();
    return new Signed(owner + " " + type, Proofs.of(covering, RRSIGRecord.class));
  }

  /// How long it is proved; null if it is not. One signature that holds is enough.
  @Nullable Duration left(Instant now) {
    return signatures.stream()
        .filter(signature -> !signature.getTimeSigned().isAfter(now))
        .map(signature -> Duration.between(now, signature.getExpire()))
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /// Why it is not proved, as the rest of a sentence that begins with the server.
  String fault(Instant now) {
    if (signatures.isEmpty()) {
      return "gives no signature of %s, though the zone is signed: validating resolvers refuse it"
          .formatted(what);
    }
    RRSIGRecord last =
        signatures.stream().max(Comparator.comparing(RRSIGRecord::getExpire)).orElseThrow();
    String when =
        last.getExpire().isAfter(now)
            ? "begins only in " + Words.days(Duration.between(now, last.getTimeSigned()))
            : "ended " + Words.days(Duration.between(last.getExpire(), now)) + " ago";
    return "gives a signature of %s that %s: validating resolvers refuse it".formatted(what, when);
  }
}
