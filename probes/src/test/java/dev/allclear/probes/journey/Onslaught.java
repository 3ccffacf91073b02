package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.wire.Wire;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// The program of {@link HostileHeapTest}: hostile servers and journeys that meet them, all at
/// once.
final class Onslaught {
  private static final int RUNS = 100;

  /// Of those that answer: whether all of them are read within it shows how fast the machine is, so
  /// it is more than any needs.
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /// Of those that never have done, and are waited for.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Duration TICK = Duration.ofMillis(10);

  /// What may happen in so many ticks after the deadline: threads that wake each other.
  private static final int GRACE = 30;

  private final Ticks ticks = new Ticks();

  private final UnaryOperator<JourneyProbe> carried;

  private Onslaught(UnaryOperator<JourneyProbe> carried) {
    this.carried = carried;
  }

  /// Prints what was not as it should be. The first argument is who meets them, `okhttp` or `wire`;
  /// another is the name of the only kind to meet.
  public static void main(String[] args) throws Exception {
    boolean overTheWire = args[0].equals("wire");
    List<Hostility> kinds =
        Hostility.all().stream()
            .filter(kind -> args.length == 1 || kind.name().equals(args[1]))
            .toList();
    try (Wire wire = Wire.open(Trial.CLOCK)) {
      new Onslaught(probe -> overTheWire ? probe.over(wire) : probe).meet(kinds);
    }
  }

  private void meet(List<Hostility> kinds) throws InterruptedException, ExecutionException {
    List<Future<String>> complaints = new ArrayList<>();
    try (ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> ticking = runs.submit(ticks);
      for (int i = 0; i < RUNS; i++) {
        complaints.add(runs.submit(meeting(kinds.get(i % kinds.size()))));
      }
      try {
        say(complaints);
      } finally {
        ticking.cancel(true);
      }
    }
  }

  private static void say(List<Future<String>> complaints)
      throws InterruptedException, ExecutionException {
    try (PrintWriter out =
        new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
      for (Future<String> complaint : complaints) {
        out.print(complaint.get());
      }
      out.println(complaints.size() + " runs");
    }
  }

  private Callable<String> meeting(Hostility kind) {
    Duration limit = kind.isTimeout() ? PATIENCE : LIMIT;
    return () -> {
      try (RawServer server = RawServer.start(kind.conversation())) {
        Observation seen = Trial.run(carried.apply(kind.probe(server, limit)));
        String wrong =
            isExpected(kind, seen.outcome(), server.port(), limit)
                ? ""
                : "%s: was %s\n".formatted(kind, seen.outcome());
        return wrong + tooLate(kind, seen, limit);
      }
    };
  }

  /// How far a server gets in its time, with a hundred others, is chance.
  private static boolean isExpected(Hostility kind, Outcome seen, int port, Duration limit) {
    return kind.isTimeout()
        ? seen instanceof Outcome.Failed(Cause cause, String detail)
            && cause == Cause.TIMEOUT
            && detail.contains(" within " + Figures.written(limit))
        : seen.equals(kind.expected(port, limit));
  }

  private String tooLate(Hostility kind, Observation seen, Duration limit) {
    long deadline = seen.begin().nanos() + limit.toNanos();
    long late = ticks.between(deadline, seen.end().nanos());
    return late <= GRACE
        ? ""
        : "%s: took %s of %s, %d ticks too long\n".formatted(kind, seen.length(), limit, late);
  }

  /// When a thread like those of the runs, which wants to move every 10 ms, did. In ticks, time
  /// that the machine gave to others does not count.
  private static final class Ticks implements Callable<Void> {
    private final Queue<Long> all = new ConcurrentLinkedQueue<>();

    @Override
    public Void call() throws InterruptedException {
      CountDownLatch never = new CountDownLatch(1);
      while (!never.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        all.add(System.nanoTime());
      }
      return null;
    }

    long between(long begin, long end) {
      return all.stream().filter(tick -> begin < tick && tick < end).count();
    }
  }
}
