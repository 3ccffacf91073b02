package dev.allclear.agent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// In random histories of a world, everything that is printed of every outage contains the truth,
/// and not by being wide.
///
/// The truth, where changes may hide between two looks:
/// - Each probe asks for one function of the service, over one path. At every instant the function
///   is up or down; it is also down, as far as this probe can tell, at each single instant at which
///   the path loses a packet, and at the deadline of an answer that is merely late. An answer that
///   comes in time is a good instant, however slow it was: the instant at which it was served.
/// - Of the runs of a probe those count that are told of, unless another that began later was told
///   of before, or the agent says that it was blind then. What fails since the agent's own network
///   is lost or the agent stands still, and it does not say so, has failed on the path.
/// - *Onset*, of a probe: the begin of the down period that holds its first failing instant, of
///   those in doubt or, during an outage, in a row. Of the service: the earliest of the probes that
///   are said to fail in this outage; one that was never seen to pass, and was seen to fail no
///   earlier than the others, only joins them: it may never have worked. A false start and a
///   relapse begin likewise.
/// - *First good*: the begin of the up period that holds the first instant of the first pass, or
///   the onset if that is later.
/// - *Restored*, of a probe: the begin of the up period that holds its first good instant after its
///   last failing one, of the passes in a row that nothing broke, blind time included. Of the
///   service: the latest of all required probes, or the onset if that is later. A blip ends
///   likewise.
/// - *Detected* and *verified* are decisions: when they were made.
/// - Lengths are differences of these in true time, whatever the clocks showed.
/// - The verdict is that of the true recovery time; not to decide is never wrong.
///
/// A history that breaks this is made smaller and printed as one line, which belongs into
/// `soundness/counterexamples.txt`. Set `-Dallclear.seed=N` to begin with another history.
final class SoundnessTest {
  private static final System.Logger LOG = System.getLogger(SoundnessTest.class.getName());
  private static final boolean LONG = Boolean.getBoolean("allclear.long");
  private static final int HISTORIES = LONG ? 1_000_000 : 100_000;

  /// Others each time where there is time to look into what they show.
  private static final long FIRST =
      Long.getLong("allclear.seed", LONG ? System.currentTimeMillis() : 1);

  @Test
  void whatIsPrintedContainsTheTruth() {
    Widths widths = new Widths();
    AtomicLong verified = new AtomicLong();
    ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    LOG.log(Level.INFO, "{0} histories from seed {1,number,#}", HISTORIES, FIRST);
    LongStream.range(FIRST, FIRST + HISTORIES)
        .parallel()
        .forEach(seed -> {
          try {
            verified.addAndGet(Simulation.play(Scenarios.random(seed), widths));
          } catch (Unsound | RuntimeException e) {
            broken.add("seed " + seed + ": " + e.getMessage());
          }
        });
    LOG.log(Level.INFO, "{0} outages verified\n{1}", verified, widths);
    assertEquals(List.of(), broken.stream().limit(5).map(SoundnessTest::shrunk).toList());
    assertTrue(verified.get() > HISTORIES / 3, () -> "only " + verified + " outages verified");
    assertTrue(widths.quantile("onset", 0.5) <= 4000, widths::toString);
    assertTrue(widths.quantile("restored", 0.5) <= 1500, widths::toString);
    assertTrue(widths.quantile("restored", 0.95) <= 6000, widths::toString);
  }

  private static String shrunk(String broken) {
    String seed = broken.substring("seed ".length(), broken.indexOf(':'));
    Scenario least = Shrinking.smallest(Scenarios.random(Long.parseLong(seed)));
    return "%s%nat its smallest: %s%n%s%n".formatted(broken, Simulation.fault(least), least);
  }

  @ParameterizedTest
  @MethodSource("counterexamples")
  void holdsInEveryHistoryThatOnceBrokeIt(String line) {
    assertNull(Simulation.fault(Scenario.of(line)));
  }

  static Stream<String> counterexamples() {
    try (InputStream file =
        Objects.requireNonNull(
            SoundnessTest.class.getResourceAsStream("/soundness/counterexamples.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHistoryIsWrittenInOneLine() {
    LongStream.range(0, 1000)
        .mapToObj(Scenarios::random)
        .forEach(each -> assertEquals(each, Scenario.of(each.toString())));
  }
}
