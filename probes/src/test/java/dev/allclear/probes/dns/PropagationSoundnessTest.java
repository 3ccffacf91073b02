package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// For any history of the servers and any schedule of questions, every printed interval holds the
/// instant in which it really happened.
final class PropagationSoundnessTest {
  private static final int HISTORIES = 2_000;
  private static final int END = 10_000;

  @Test
  void everyTruthLiesWithinItsBounds() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + HISTORIES; seed++) {
      new World(seed).live();
    }
  }

  /// Version v of the records begins at the authority at a random time and reaches each resolver
  /// some time later, if a newer one does not overtake it. Times are whole milliseconds.
  private static final class World {
    private final long seed;
    private final Random random;
    private final List<Server> servers = new ArrayList<>();
    private final List<NavigableMap<Integer, Integer>> truths = new ArrayList<>();
    private Propagation state;
    private int target;

    World(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      int count = 1 + random.nextInt(5);
      NavigableMap<Integer, Integer> changes = new TreeMap<>();
      int at = -1;
      int versions = 2 + random.nextInt(4);
      for (int version = 0; version < versions; version++) {
        changes.put(at, version);
        at += 1 + random.nextInt(END / versions);
      }
      int authority = random.nextInt(count);
      for (int i = 0; i < count; i++) {
        servers.add(server("s" + i, i == authority));
        truths.add(i == authority ? changes : followed(changes));
      }
      state = Propagation.of(servers);
    }

    private NavigableMap<Integer, Integer> followed(NavigableMap<Integer, Integer> changes) {
      NavigableMap<Integer, Integer> truth = new TreeMap<>();
      truth.put(-1, 0);
      changes
          .tailMap(0, true)
          .forEach((at, version) -> {
            int flip = Math.max(at + random.nextInt(2_000), truth.lastKey() + 1);
            truth.put(flip, version);
          });
      return truth;
    }

    void live() {
      int pace = 1 + random.nextInt(1_000);
      int loss = random.nextInt(60);
      int now = 0;
      while (now < END) {
        now = observe(now, loss) + random.nextInt(pace);
      }
      // Everything is long over and nothing gets lost any more.
      observe(10 * END, 0);
      if (state.changed() != null) {
        assertTrue(state.converged(), () -> "seed " + seed);
      }
    }

    private int observe(int begin, int loss) {
      List<StepRun> steps = new ArrayList<>();
      int end = begin;
      for (int i = 0; i < servers.size(); i++) {
        int sent = begin + random.nextInt(5);
        int received = sent + random.nextInt(random.nextInt(10) == 0 ? 2_000 : 50);
        int read = sent + random.nextInt(received - sent + 1);
        boolean lost = random.nextInt(100) < loss;
        steps.add(step(servers.get(i), sent, received, lost ? -1 : says(i, read)));
        end = Math.max(end, received);
      }
      Propagation.Step next =
          state.next(
              new Observation(
                  "shop", Depth.DNS, moment(begin), moment(end), steps, Outcome.pass()));
      state = next.state();
      next.changes().forEach(this::check);
      return end;
    }

    private void check(Change change) {
      switch (change) {
        case Changed changed -> {
          target = Integer.parseInt(changed.to().getFirst());
          assertHolds(changed.at(), when(reference(), target), change);
        }
        case Flipped flipped -> assertHolds(flipped.at(), when(index(flipped), target), change);
        case Converged converged -> {
          int last = -1;
          for (int i = 0; i < servers.size(); i++) {
            last = Math.max(last, when(i, target));
          }
          assertHolds(converged.at(), last, change);
        }
        case Reverted _ -> throw new AssertionError("nobody went back; seed " + seed);
      }
    }

    private void assertHolds(Bounds bounds, int truth, Change change) {
      Moment moment = moment(truth);
      assertTrue(
          !moment.isBefore(bounds.earliest()) && !bounds.latest().isBefore(moment),
          () -> "seed " + seed + ": " + truth + " is outside of " + change);
    }

    private int index(Flipped flipped) {
      return Integer.parseInt(flipped.server().substring(1));
    }

    private int reference() {
      return Integer.parseInt(state.reference().substring(1));
    }

    private int says(int server, int at) {
      return truths.get(server).floorEntry(at).getValue();
    }

    private int when(int server, int version) {
      return truths.get(server).entrySet().stream()
          .filter(entry -> entry.getValue() == version)
          .findFirst()
          .orElseThrow()
          .getKey();
    }
  }

  @Test
  void aServerThatComesAndGoesIsStillTimedRight() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + HISTORIES; seed++) {
      comesAndGoes(seed);
    }
  }

  /// The authority changes once; the resolver answers from several caches and so goes back and
  /// forth. Each flip and revert must hold a real one of its kind.
  private static void comesAndGoes(long seed) {
    Random random = new Random(seed);
    List<Server> servers = List.of(server("s0", true), server("s1", false));
    int changed = 1_000 + random.nextInt(1_000);
    List<Integer> turns = new ArrayList<>();
    for (int at = changed + random.nextInt(500); at < END; at += 1 + random.nextInt(2_000)) {
      turns.add(at);
    }
    Propagation state = Propagation.of(servers);
    int flips = 0;
    for (int now = 0; now < END; now += 1 + random.nextInt(800)) {
      int end = now + random.nextInt(100);
      int read = now + random.nextInt(end - now + 1);
      long passed = turns.stream().filter(turn -> turn <= read).count();
      List<StepRun> steps =
          List.of(
              step(servers.getFirst(), now, end, read >= changed ? 1 : 0),
              step(servers.getLast(), now, end, (int) (passed % 2)));
      Propagation.Step next =
          state.next(
              new Observation("shop", Depth.DNS, moment(now), moment(end), steps, Outcome.pass()));
      state = next.state();
      now = end;
      for (Change change : next.changes()) {
        switch (change) {
          case Flipped(String _, Bounds at) -> {
            flips++;
            assertTrue(holdsOne(at, turns, 0), () -> "seed " + seed + ": " + change);
          }
          case Reverted(String _, Bounds at) -> {
            flips--;
            assertTrue(holdsOne(at, turns, 1), () -> "seed " + seed + ": " + change);
          }
          case Changed _, Converged _ -> {}
        }
      }
      assertEquals(state.flip("s1") == null ? 0 : 1, flips, () -> "seed " + seed);
    }
  }

  private static boolean holdsOne(Bounds bounds, List<Integer> turns, int parity) {
    for (int i = parity; i < turns.size(); i += 2) {
      Moment turn = moment(turns.get(i));
      if (!turn.isBefore(bounds.earliest()) && !bounds.latest().isBefore(turn)) {
        return true;
      }
    }
    return false;
  }

  private static StepRun step(Server server, int begin, int end, int version) {
    boolean lost = version < 0;
    return new StepRun(
        server.name(),
        moment(begin),
        moment(end),
        lost ? Outcome.fail(Cause.TIMEOUT, "no answer") : Outcome.pass(),
        lost
            ? Reply.nothing()
            : new Reply.Dns(
                server.name(),
                server.authority(),
                "NOERROR",
                List.of(Integer.toString(version)),
                Duration.ZERO,
                Duration.ZERO));
  }

  private static Moment moment(int millis) {
    return new Moment(Instant.ofEpochMilli(millis), millis * 1_000_000L, 1);
  }

  private static Server server(String name, boolean authority) {
    return new Server(
        name,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 53),
        Server.Transport.UDP,
        authority);
  }
}
