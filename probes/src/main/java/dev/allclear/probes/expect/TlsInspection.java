package dev.allclear.probes.expect;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Makes findings of how an answer was secured.
final class TlsInspection {

  private static final String JAVA_NAME = "TLSv";

  private final Answer.Wire wire;

  TlsInspection(Answer.Wire wire) {
    this.wire = wire;
  }

  List<Finding> of(Expectation.Tls expected) {
    Answer.Tls tls = wire.tls();
    if (tls == null) {
      return List.of(
          new Finding(
              "TLS", "no TLS", "the answer came without TLS, expected " + wanted(expected)));
    }
    List<Finding> findings = new ArrayList<>();
    if (expected.version() != null) {
      findings.add(version(tls, expected.version()));
    }
    if (expected.daysLeft() != null) {
      findings.add(daysLeft(tls, expected.daysLeft()));
    }
    return findings;
  }

  private static String wanted(Expectation.Tls expected) {
    return expected.version() == null ? "it" : "at least " + expected.version();
  }

  /// The names sort as the versions do.
  private static Finding version(Answer.Tls tls, String least) {
    String actual = tls.version().replace(JAVA_NAME, "");
    return Finding.of(
        actual.compareTo(least) >= 0,
        "TLS at least " + least,
        actual,
        "TLS version is %s, expected at least %s".formatted(actual, least));
  }

  private Finding daysLeft(Answer.Tls tls, int least) {
    long days = Math.floorDiv(Duration.between(wire.end(), tls.expires()).toSeconds(), 86_400L);
    String actual =
        "%d days left (until %s)"
            .formatted(days, tls.expires().atZone(ZoneOffset.UTC).toLocalDate());
    return Finding.of(
        days >= least,
        "certificate with at least " + least + " days left",
        actual,
        "certificate has %s, expected at least %d".formatted(actual, least));
  }
}
