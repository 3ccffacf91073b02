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

  /// More than what answers takes on the slowest machine.
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// For what never has done, and is waited for: it takes a moment to get as far as it does.
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  static List<Hostility> everyHostility() {
    return Hostility.all();
  }

  @ParameterizedTest
  @MethodSource("everyHostility")
  void endsInOneSentence(Hostility hostility) throws IOException {
    Duration limit = hostility.isTimeout() ? PATIENCE : LIMIT;
    try (RawServer server = RawServer.start(hostility.conversation())) {
      assertEquals(
          hostility.expected(server.port(), limit), hostility.run(server, limit).outcome());
    }
  }

  @Test
  void anAnswerInHttp1IsNamedOrElseThatTheConnectionBroke() throws IOException {
    Hostility hostility = Hostility.oneWhereTwoIsExpected();
    Outcome seen = hostility.meet(LIMIT).outcome();
    Outcome broken =
        Outcome.fail(Cause.PROTOCOL, "the HTTP/2 connection broke while the request was sent");
    assertTrue(Set.of(hostility.outcome(), broken).contains(seen), seen::toString);
  }
}
