package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Propagation.Change;
import dev.allclear.probes.dns.Propagation.Changed;
import dev.allclear.probes.dns.Propagation.Converged;
import dev.allclear.probes.dns.Propagation.Flipped;
import dev.allclear.probes.dns.Propagation.Reverted;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PropagationTest {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "192.0.2.2";
  private static final String NEWER = "192.0.2.3";
  private static final String LOST = "";
  private static final List<Server> SERVERS =
      List.of(server("obeys", false), server("clamps", false), server("authority", true));

  private Propagation state = Propagation.of(SERVERS);

  @Test
  void theFirstAnswersAreTheBaseline() {
    assertEquals(List.of(), at(10, OLD, NEW, OLD));
    assertFalse(state.converged());
    assertNull(state.flip("clamps"));
  }

  @Test
  void timesEachFlipAndTheirEnd() {
    at(10, OLD, OLD, OLD);
    assertEquals(
        List.of(new Changed(within(10, 21), List.of(OLD), List.of(NEW))), at(20, OLD, OLD, NEW));
    assertEquals(List.of(new Flipped("obeys", within(20, 31))), at(30, NEW, OLD, NEW));
    assertEquals(List.of(), at(40, NEW, OLD, NEW));
    assertEquals(
        List.of(new Flipped("clamps", within(40, 51)), new Converged(within(40, 51))),
        at(50, NEW, NEW, NEW));
    assertEquals(List.of(), at(60, NEW, NEW, NEW));
    assertTrue(state.converged());
    assertEquals(within(20, 31), state.flip("obeys"));
  }

  @Test
  void seesEverythingInOneObservation() {
    at(10, OLD, OLD, OLD);
    Bounds all = within(10, 21);
    assertEquals(
        List.of(
            new Changed(all, List.of(OLD), List.of(NEW)),
            new Flipped("obeys", all),
            new Flipped("clamps", all),
            new Converged(all)),
        at(20, NEW, NEW, NEW));
  }

  @Test
  void aLostAnswerWidensAndNeverFlips() {
    at(10, OLD, OLD, OLD);
    at(20, LOST, OLD, NEW);
    assertEquals(List.of(), at(30, LOST, OLD, LOST));
    assertEquals(List.of(new Flipped("obeys", within(10, 41))), at(40, NEW, OLD, NEW));
    assertEquals(List.of(), at(50, LOST, LOST, LOST));
  }

  @Test
  void resumesAChangeThatHadNotConverged() {
    at(10, OLD, OLD, OLD);
    at(20, OLD, OLD, NEW);
    at(30, NEW, OLD, NEW);
    Changed change = new Changed(within(10, 21), List.of(OLD), List.of(NEW));
    state = Propagation.resume(SERVERS, change, Map.of("obeys", within(20, 31)));
    assertEquals(List.of(), at(80, NEW, OLD, NEW));
    assertEquals(within(20, 31), state.flip("obeys"));
    assertEquals(
        List.of(new Flipped("clamps", within(80, 91)), new Converged(within(80, 91))),
        at(90, NEW, NEW, NEW));
  }

  @Test
  void whatFlippedWhileNobodyLookedDidSoAtAnyTimeSinceTheChange() {
    Changed change = new Changed(within(10, 21), List.of(OLD), List.of(NEW));
    state = Propagation.resume(SERVERS, change, Map.of("obeys", within(20, 31)));
    assertEquals(
        List.of(
            new Flipped("clamps", within(10, 91)),
            new Converged(Bounds.later(within(20, 31), within(10, 91)))),
        at(90, NEW, NEW, NEW));
  }

  @Test
  void aLostAnswerOfTheAuthorityWidensTheChange() {
    at(10, OLD, OLD, OLD);
    at(20, OLD, OLD, LOST);
    assertEquals(
        List.of(new Changed(within(10, 31), List.of(OLD), List.of(NEW))), at(30, OLD, OLD, NEW));
  }

  @Test
  void aServerThatWasFasterThanTheAuthoritysProbeKeepsItsOwnTime() {
    at(10, OLD, OLD, OLD);
    assertEquals(List.of(), at(20, NEW, OLD, OLD));
    assertEquals(
        List.of(
            new Changed(within(20, 31), List.of(OLD), List.of(NEW)),
            new Flipped("obeys", within(10, 21))),
        at(30, NEW, OLD, NEW));
  }

  @Test
  void aServerThatSaidSoLongBeforeDoesNotFlip() {
    at(10, NEW, OLD, OLD);
    at(20, NEW, OLD, OLD);
    at(30, NEW, NEW, NEW);
    assertNull(state.flip("obeys"));
    assertTrue(state.converged());
  }

  @Test
  void aRevertReopensTheInterval() {
    at(10, OLD, OLD, OLD);
    at(20, NEW, NEW, NEW);
    assertEquals(List.of(new Reverted("obeys", within(20, 31))), at(30, OLD, NEW, NEW));
    assertFalse(state.converged());
    assertNull(state.flip("obeys"));
    assertEquals(
        List.of(new Flipped("obeys", within(30, 41)), new Converged(within(30, 41))),
        at(40, NEW, NEW, NEW));
  }

  @Test
  void aSecondChangeStartsAnew() {
    at(10, OLD, OLD, OLD);
    at(20, NEW, OLD, NEW);
    assertEquals(
        List.of(new Changed(within(20, 31), List.of(NEW), List.of(NEWER))),
        at(30, NEW, OLD, NEWER));
    assertEquals(
        List.of(
            new Flipped("obeys", within(30, 41)),
            new Flipped("clamps", within(30, 41)),
            new Converged(within(30, 41))),
        at(40, NEWER, NEWER, NEWER));
  }

  @Test
  void aChangeTakenBackNeedsNoFlipOfThoseWhoNeverFollowed() {
    at(10, OLD, OLD, OLD);
    at(20, NEW, OLD, NEW);
    at(30, NEW, OLD, NEW);
    assertEquals(
        List.of(new Changed(within(30, 41), List.of(NEW), List.of(OLD))), at(40, NEW, OLD, OLD));
    assertEquals(
        List.of(new Flipped("obeys", within(40, 51)), new Converged(within(40, 51))),
        at(50, OLD, OLD, OLD));
  }

  @Test
  void aServerFirstHeardAfterTheChangeMayHaveFlippedSinceThen() {
    at(10, OLD, LOST, OLD);
    at(20, NEW, LOST, NEW);
    assertFalse(state.converged());
    assertEquals(
        List.of(new Flipped("clamps", within(10, 31)), new Converged(within(10, 31))),
        at(30, NEW, NEW, NEW));
  }

  @Test
  void theFirstServerIsTheReferenceWhereNobodyKnows() {
    assertEquals("a", Propagation.of(List.of(server("a", false), server("b", false))).reference());
  }

  @Test
  void ignoresAnswersThatArriveOutOfOrder() {
    at(40, OLD, OLD, OLD);
    assertEquals(List.of(), at(20, NEW, NEW, NEW));
  }

  private List<Change> at(int second, String obeys, String clamps, String authority) {
    List<StepRun> steps =
        List.of(
            step(second, "obeys", obeys),
            step(second, "clamps", clamps),
            step(second, "authority", authority));
    Propagation.Step next =
        state.next(
            new Observation(
                "shop", Depth.DNS, moment(second), moment(second + 1), steps, Outcome.pass()));
    state = next.state();
    return next.changes();
  }

  private static StepRun step(int second, String server, String says) {
    boolean lost = says.equals(LOST);
    return new StepRun(
        server,
        moment(second),
        moment(second + 1),
        lost ? Outcome.fail(Cause.TIMEOUT, "no answer") : Outcome.pass(),
        lost
            ? Reply.nothing()
            : new Reply.Dns(
                server,
                server.equals("authority"),
                "NOERROR",
                List.of(says),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1)));
  }

  private static Bounds within(int earliest, int latest) {
    return Bounds.between(moment(earliest), moment(latest));
  }

  private static Moment moment(int second) {
    return new Moment(Instant.ofEpochSecond(second), second * 1_000_000_000L, 1);
  }

  private static Server server(String name, boolean authority) {
    return new Server(
        name,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 53),
        Server.Transport.UDP,
        authority);
  }
}
