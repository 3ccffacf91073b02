package dev.allclear.agent.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> KEYS =
      List.of("rto", "regions", "detect", "verify", "resolver", "runbook");

  @ParameterizedTest
  @CsvSource({
    "verfy, verify",
    "verifyy, verify",
    "varify, verify",
    "veirfy, verify",
    "rot, rto",
    "region, regions",
    "resolvers, resolver",
    "run-book, runbook",
    "RTO, rto",
    "Detekt, detect"
  })
  void findsWhatWasMeant(String word, String meant) {
    assertEquals(meant, Nearest.to(word, KEYS));
  }

  @ParameterizedTest
  @CsvSource({"slo", "check", "depends-on", "''"})
  void doesNotGuessWildly(String word) {
    assertNull(Nearest.to(word, KEYS));
  }

  @Test
  void doesNotMeasureEndlessWords() {
    assertNull(Nearest.to("x".repeat(1 << 20), List.of("x".repeat(1 << 20) + "y")));
  }
}
