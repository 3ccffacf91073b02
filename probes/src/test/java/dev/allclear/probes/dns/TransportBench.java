package dev.allclear.probes.dns;

import com.sun.management.OperatingSystemMXBean;
import dev.allclear.probes.wire.Exchanged;
import dev.allclear.probes.wire.Packet;
import dev.allclear.probes.wire.Query;
import dev.allclear.probes.wire.Route;
import dev.allclear.probes.wire.Wire;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// Measures one DNS client for `bench/dns-transport`: `CLIENT HOST PORT WORK`, where the client is
/// `wire`, `dnsjava` or the URL of a blackbox_exporter's probe, and the work `closed:OUTSTANDING`,
/// `paced:PER_SECOND` or `timeouts:PER_SECOND`.
final class TransportBench {
  private static final Duration WARM = Duration.ofSeconds(6);
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int MOST = 4_000_000;

  /// As dnsperf does: after a stall no burst follows that would overflow the server's buffer.
  private static final int MOST_OUTSTANDING = 100;

  private final Supplier<CompletableFuture<Boolean>> client;
  private final int[] micros = new int[MOST];
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean measuring;

  private TransportBench(Supplier<CompletableFuture<Boolean>> client) {
    this.client = client;
  }

  public static void main(String[] args) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    String[] work = args[3].split(":", 2);
    int number = Integer.parseInt(work[1]);
    try (Wire wire = Wire.open(new RealClock());
        DatagramSocket silent =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      boolean timeouts = work[0].equals("timeouts");
      InetSocketAddress server =
          timeouts
              ? (InetSocketAddress) silent.getLocalSocketAddress()
              : new InetSocketAddress(args[1], Integer.parseInt(args[2]));
      TransportBench bench =
          new TransportBench(
              switch (args[0]) {
                case "wire" -> overWire(wire, server);
                case "dnsjava" -> overDnsjava(server);
                case String url -> overHttp(URI.create(url));
              });
      out.println(
          args[0].replaceFirst("^http.*", "blackbox")
              + " "
              + args[3]
              + " "
              + (timeouts ? bench.overshoot(number) : bench.rate(work[0], number)));
    }
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static Message message() {
    Name name = Name.fromConstantString("app.fo.test.");
    return Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
  }

  private static Supplier<CompletableFuture<Boolean>> overWire(
      Wire wire, InetSocketAddress server) {
    Route route = new Route.Udp(server);
    return () ->
        wire.send(new Query(route, Packet.query(message().toWire()), TIMEOUT))
            .thenApply(exchanged ->
                exchanged instanceof Exchanged.Answered answered && holds(answered.packet()));
  }

  private static boolean holds(Packet packet) {
    try {
      return new Message(packet.bytes()).getSection(1).size() == 1;
    } catch (IOException _) {
      return false;
    }
  }

  private static Supplier<CompletableFuture<Boolean>> overDnsjava(InetSocketAddress server) {
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setTimeout(TIMEOUT);
    return () ->
        resolver
            .sendAsync(message())
            .toCompletableFuture()
            .handle((answer, _) -> answer != null && answer.getSection(1).size() == 1);
  }

  private static Supplier<CompletableFuture<Boolean>> overHttp(URI probe) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(probe).build();
    return () ->
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .handle((answer, _) -> answer != null && answer.body().contains("probe_success 1"));
  }

  private String rate(String work, int number) {
    int outstanding = work.equals("closed") ? number : MOST_OUTSTANDING;
    Semaphore free = new Semaphore(outstanding);
    long interval = work.equals("closed") ? 0 : 1_000_000_000L / number;
    long begin = System.nanoTime();
    long from = begin + WARM.toNanos();
    long to = from + MEASURED.toNanos();
    long cpu = 0;
    for (long next = begin; System.nanoTime() < to; next += interval) {
      if (!measuring && System.nanoTime() >= from) {
        cpu = cpu();
        measuring = true;
      }
      pause(interval == 0 ? 0 : next);
      free.acquireUninterruptibly();
      ask(free);
    }
    double spent = cpu() - cpu;
    measuring = false;
    free.acquireUninterruptibly(outstanding);
    int count = answered.get();
    int[] sorted = Arrays.copyOf(micros, Math.min(count, MOST));
    Arrays.sort(sorted);
    return "rate=%.0f lost=%d cpu_us=%.1f p50_us=%d p99_us=%d"
        .formatted(
            count / (MEASURED.toNanos() / 1e9),
            lost.get(),
            spent / 1000 / Math.max(1, count + lost.get()),
            at(sorted, 0.5),
            at(sorted, 0.99));
  }

  private void ask(Semaphore free) {
    boolean counts = measuring;
    long sent = System.nanoTime();
    var _ =
        client
            .get()
            .whenComplete((good, _) -> {
              if (counts) {
                count(Boolean.TRUE.equals(good), sent);
              }
              free.release();
            });
  }

  private void count(boolean good, long sent) {
    if (good) {
      int index = answered.getAndIncrement();
      if (index < MOST) {
        micros[index] = (int) ((System.nanoTime() - sent) / 1000);
      }
    } else {
      lost.incrementAndGet();
    }
  }

  /// How much later than its limit a query ends that nobody answers.
  private String overshoot(int perSecond) {
    int count = perSecond * 5;
    long begin = System.nanoTime();
    int[] late = new int[count];
    Semaphore done = new Semaphore(0);
    for (int i = 0; i < count; i++) {
      pause(begin + i * (1_000_000_000L / perSecond));
      int index = i;
      long sent = System.nanoTime();
      var _ =
          client
              .get()
              .whenComplete((_, _) -> {
                late[index] = (int) ((System.nanoTime() - sent - TIMEOUT.toNanos()) / 1000);
                done.release();
              });
    }
    done.acquireUninterruptibly(count);
    // The first two seconds warm it up.
    int[] sorted = Arrays.copyOfRange(late, 2 * perSecond, count);
    Arrays.sort(sorted);
    return "min_us=%d p50_us=%d p99_us=%d max_us=%d"
        .formatted(sorted[0], at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static void pause(long until) {
    long left = until - System.nanoTime();
    while (until != 0 && left > 0) {
      LockSupport.parkNanos(left);
      left = until - System.nanoTime();
    }
  }

  private static int at(int[] sorted, double share) {
    return sorted.length == 0
        ? -1
        : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
  }

  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
