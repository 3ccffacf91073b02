package dev.allclear.probes.journey;

import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The program of {@link HostileHeapTest}: hostile servers and journeys that meet them, all at
/// once.
final class Onslaught {
  private static final int RUNS = 100;
  private static final Duration LIMIT = Duration.ofSeconds(12);
  private static final Duration GRACE = Duration.ofMillis(100);
  private static final Duration TICK = Duration.ofMillis(10);

  private Onslaught() {}

  /// Prints what was not as it should be. An argument is the name of the only kind to meet.
  public static void main(String[] args) throws Exception {
    List<Hostility> kinds =
        Hostility.all().stream()
            .filter(kind -> args.length == 0 || kind.name().equals(args[0]))
            .toList();
    AtomicLong late = new AtomicLong();
    List<Future<String>> complaints = new ArrayList<>();
    try (ScheduledExecutorService ticker = ticking(late);
        ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < RUNS; i++) {
        complaints.add(runs.submit(meeting(kinds.get(i % kinds.size()), late)));
      }
      say(complaints);
      ticker.shutdownNow();
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

  private static Callable<String> meeting(Hostility kind, AtomicLong late) {
    return () -> {
      try (RawServer server = RawServer.start(kind.conversation())) {
        Observation seen = kind.run(server, LIMIT);
        return wrongOutcome(kind, seen.outcome(), server.port()) + tooLate(kind, seen, late);
      }
    };
  }

  private static String wrongOutcome(Hostility kind, Outcome seen, int port) throws IOException {
    Outcome expected = kind.expected(port, LIMIT);
    return seen.equals(expected)
        ? ""
        : "%s: expected %s but was %s\n".formatted(kind, expected, seen);
  }

  /// The deadline is kept but for what the machine, whose cores others use too, is late itself.
  private static String tooLate(Hostility kind, Observation seen, AtomicLong late) {
    Duration allowed = LIMIT.plus(GRACE).plusNanos(late.get());
    return seen.length().compareTo(allowed) <= 0
        ? ""
        : "%s: took %s of %s\n".formatted(kind, seen.length(), allowed);
  }

  /// Measures by how much a thread that should run every 10 ms comes too late, at worst.
  private static ScheduledExecutorService ticking(AtomicLong late) {
    ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    AtomicLong due = new AtomicLong(System.nanoTime() + TICK.toNanos());
    var _ =
        ticker.scheduleWithFixedDelay(
            () -> {
              long now = System.nanoTime();
              late.accumulateAndGet(now - due.get(), Math::max);
              due.set(System.nanoTime() + TICK.toNanos());
            },
            TICK.toMillis(),
            TICK.toMillis(),
            TimeUnit.MILLISECONDS);
    return ticker;
  }
}
