package dev.allclear.probes.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HostileAnswersTest {

  /// Tried in turn: a slow machine may need more than the first to get as far as the server lets
  /// it.
  private static final List<Duration> LIMITS =
      List.of(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(10));

  static List<Hostility> everyHostility() {
    return Hostility.all();
  }

  @ParameterizedTest
  @MethodSource("everyHostility")
  void endsInOneSentence(Hostility hostility) throws IOException {
    Outcome expected = Outcome.pass();
    Outcome seen = Outcome.inconclusive("");
    for (Duration limit : LIMITS) {
      try (RawServer server = RawServer.start(hostility.conversation())) {
        expected = hostility.expected(server.port(), limit);
        seen = hostility.run(server, limit).outcome();
      }
      if (seen.equals(expected)) {
        return;
      }
    }
    assertEquals(expected, seen);
  }

  @Test
  void anAnswerInHttp1IsNamedOrElseThatTheConnectionBroke() throws IOException {
    Hostility hostility = Hostility.oneWhereTwoIsExpected();
    Outcome seen = hostility.meet(Duration.ofSeconds(10)).outcome();
    Outcome broken =
        Outcome.fail(Cause.PROTOCOL, "the HTTP/2 connection broke while the request was sent");
    assertTrue(Set.of(hostility.outcome(), broken).contains(seen), seen::toString);
  }
}
