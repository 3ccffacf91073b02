package dev.allclear.agent.tripwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Run;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.JourneyProbe;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tripwires against a server of the test's own, which answers, closes and cuts as it is told.
final class TripwireTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final String KEPT = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String LAST =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

  private final SystemClock clock = new SystemClock(0);
  private final Wire wire = Wire.open(clock);
  private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
  private ServerSocket server;
  private Tripwires tripwires;
  private Check check;

  /// Answers each look with a run of the check, as the scheduler would.
  private final class Looker implements Owner {
    @Override
    public void look(Check which) {
      told.add("look");
      Thread.startVirtualThread(() -> {
        Observation seen = which.probe().run();
        tripwires.seen(new Run(which, seen, Duration.ZERO, 0));
      });
    }

    @Override
    public void press(Check which) {
      look(which);
    }

    @Override
    public boolean isWell(Cell cell) {
      return true;
    }

    @Override
    public void stands(Cell cell, Grip grip) {
      if (grip == Grip.HOLDING || grip == Grip.OFF) {
        told.add(grip);
      }
    }

    @Override
    public void broke(Cell cell, Reason reason) {
      told.add(reason);
    }

    @Override
    public void asked(Cell cell) {}
  }

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Template url = Template.literal("http://127.0.0.1:%d/".formatted(server.getLocalPort()));
    Duration limit = Duration.ofSeconds(20);
    Journey journey = Journey.of("detect", limit, List.of(Step.of("get", Action.get(url), limit)));
    JourneyProbe probe =
        new JourneyProbe(
            journey, Depth.SHALLOW, clock, _ -> List.of(InetAddress.getLoopbackAddress()));
    check = new Check(SHOP, probe.over(wire), EVERY);
    tripwires = new Tripwires(wire, new SplittableRandom(1), new Looker());
    tripwires.add(check, null);
  }

  @AfterEach
  void close() throws IOException {
    tripwires.close();
    server.close();
    wire.close();
  }

  private void serve(String answer) {
    Thread.startVirtualThread(() -> {
      while (!server.isClosed()) {
        try {
          Socket socket = server.accept();
          Thread.startVirtualThread(() -> answer(socket, answer));
        } catch (IOException _) {
          // The test is over.
        }
      }
    });
    tripwires.start();
  }

  private void answer(Socket socket, String answer) {
    accepted.add(socket);
    try {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isEmpty()) {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException _) {
      // The client, or the test, has closed it.
    }
  }

  @Test
  void aCloseIsLookedIntoAndTheConnectionHeldAgain() throws IOException, InterruptedException {
    serve(KEPT);
    Socket held = accepted.take();
    assertEquals(Grip.HOLDING, told.take());
    held.close();
    assertEquals(
        List.of("look", Reason.CLOSED, Grip.HOLDING),
        List.of(told.take(), told.take(), told.take()));
  }

  @Test
  void aResetIsToldFromAClose() throws IOException, InterruptedException {
    serve(KEPT);
    Socket held = accepted.take();
    assertEquals(Grip.HOLDING, told.take());
    held.setSoLinger(true, 0);
    held.close();
    assertEquals(List.of("look", Reason.RESET), List.of(told.take(), told.take()));
  }

  @Test
  void whoClosesAfterEachAnswerIsNotHeld() throws IOException, InterruptedException {
    serve(LAST);
    Object first = told.take();
    while (first != Grip.OFF) {
      assertTrue(first == Grip.HOLDING || first == Reason.ANNOUNCED, first::toString);
      first = told.take();
    }
  }

  @Test
  void aFailAfterABreakIsToldWithItsMomentAndAfterTheLastPass()
      throws IOException, InterruptedException {
    serve(KEPT);
    Socket held = accepted.take();
    assertEquals(Grip.HOLDING, told.take());
    Moment before = clock.now();
    server.close();
    held.close();
    assertEquals("look", told.take());
    assertEquals(Reason.OUTAGE, told.take());
    Observation failed = check.probe().run();
    assertTrue(failed.outcome().isFail());
    List<Run> runs = tripwires.told(new Run(check, failed, Duration.ZERO, 0));
    assertEquals(2, runs.size());
    assertTrue(runs.getFirst().observation().outcome().isPass());
    Moment broke = Objects.requireNonNull(runs.getLast().observation().broke());
    assertFalse(broke.isBefore(before));
    assertFalse(failed.begin().isBefore(broke));
    Run again = new Run(check, failed, Duration.ZERO, 0);
    assertEquals(1, tripwires.told(again).size());
  }

  /// Who comes anew fails, and the held connection passes all the time.
  @Test
  void aPassOnAConnectionThatDidNotBreakTellsNothingOfNewOnes() throws InterruptedException {
    serve(KEPT);
    var _ = accepted.take();
    assertEquals(Grip.HOLDING, told.take());
    Run run = new Run(check, failed(Cause.STATUS, "127.0.0.1"), Duration.ZERO, 0);
    assertEquals(List.of(run), tripwires.told(run));
  }

  @ParameterizedTest
  @EnumSource(names = {"DNS", "TLS"})
  void noPassOnAHeldConnectionTellsOfNamesOrCertificates(Cause cause)
      throws IOException, InterruptedException {
    breakOne();
    Run run = new Run(check, failed(cause, "127.0.0.1"), Duration.ZERO, 0);
    assertEquals(1, tripwires.told(run).size());
  }

  @Test
  void noPassOnAHeldConnectionTellsOfAnotherAddress() throws IOException, InterruptedException {
    breakOne();
    Run run = new Run(check, failed(Cause.CONNECT, "192.0.2.1"), Duration.ZERO, 0);
    assertEquals(1, tripwires.told(run).size());
    Run same = new Run(check, failed(Cause.CONNECT, "127.0.0.1"), Duration.ZERO, 0);
    assertEquals(2, tripwires.told(same).size());
  }

  private void breakOne() throws IOException, InterruptedException {
    serve(KEPT);
    Socket held = accepted.take();
    assertEquals(Grip.HOLDING, told.take());
    held.close();
    assertEquals("look", told.take());
  }

  private Observation failed(Cause cause, String remote) {
    Moment now = clock.now();
    Outcome outcome = Outcome.fail(cause, "no");
    Reply reply = new Reply.Http("GET /", 0, "", remote, 0, Phases.NONE);
    return new Observation(
        "detect",
        Depth.SHALLOW,
        now,
        now,
        List.of(new StepRun("get", now, now, outcome, reply)),
        outcome);
  }

  @Test
  void aRunWithoutABreakIsToldAsItIs() {
    Moment now = clock.now();
    Observation pass =
        new Observation("detect", Depth.SHALLOW, now, now, List.of(), Outcome.pass());
    Run run = new Run(check, pass, Duration.ZERO, 0);
    assertEquals(List.of(run), tripwires.told(run));
    assertNull(tripwires.told(run).getFirst().observation().broke());
  }
}
