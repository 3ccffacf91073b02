package dev.allclear.agent.outside;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Measures for `bench/edges` how soon an agent sees both ends of an outage, and what it asks for
/// that: `FOLDER ROUNDS SECONDS`. Outages of every kind happen side by side, so many of each to
/// several servers; then one of so many seconds, of which the requests are counted.
final class EdgeBench {
  private static final int SERVERS = 5;
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final String QUICK = "verify: {passes: 2, for: 1s, hold: 1s}";

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final Path folder;
  private final List<Closeable> open = new ArrayList<>();
  private final Map<String, Queue<Edges>> seen = new TreeMap<>();

  private EdgeBench(Path folder) {
    this.folder = folder;
  }

  /// What happens to one service, and when it truly did.
  private record Patient(
      String kind, String name, String yaml, Fate falls, Fate rises, Count asked) {}

  /// How many requests the server got.
  private interface Count {
    long get() throws IOException;
  }

  private interface Fate {
    Instant happen() throws IOException, InterruptedException;
  }

  /// From the truth to what was found, in milliseconds.
  private record Edges(double broke, double down, double back, double onset, double restored) {}

  public static void main(String[] args)
      throws ExecutionException, IOException, InterruptedException {
    EdgeBench bench = new EdgeBench(Path.of(args[0]));
    try {
      bench.outages(Integer.parseInt(args[1]));
      bench.requests(Duration.ofSeconds(Integer.parseInt(args[2])));
    } finally {
      for (Closeable each : bench.open.reversed()) {
        each.close();
      }
    }
  }

  private <T extends Closeable> T with(T part) {
    open.add(part);
    return part;
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private static String yaml(String name, String url, String detect, String rest) {
    return "  %s: {rto: 10m, detect: {get: \"%s\"%s}, %s}\n".formatted(name, url, detect, rest);
  }

  private void outages(int rounds) throws ExecutionException, IOException, InterruptedException {
    List<Patient> patients = new ArrayList<>();
    String asked = ", timeout: 500ms, tripwire: {ping: 250ms}";
    for (int i = 0; i < SERVERS; i++) {
      patients.add(killed("SIGKILL", "killed" + i, QUICK));
      patients.add(cut("RST", "cut" + i));
      Nginx frozen = with(Nginx.start(folder("frozen" + i)));
      patients.add(
          new Patient(
              "SIGSTOP, ping 250 ms",
              "frozen" + i,
              yaml("frozen" + i, frozen.url("/up"), asked, QUICK),
              at(frozen::freeze),
              at(frozen::thaw),
              frozen::asked));
      Segment segment = with(Segment.open());
      Nginx away = with(Nginx.start(folder("away" + i), segment));
      patients.add(
          new Patient(
              "black hole, ping 250 ms",
              "away" + i,
              yaml("away" + i, away.url("/up"), asked, QUICK),
              at(segment::drop),
              at(segment::letThrough),
              away::asked));
      patients.add(broken("status 503", "broken" + i, QUICK));
      patients.add(hung("hung after accept", "hung" + i, QUICK));
    }
    patients.forEach(each -> seen.put(each.kind(), new ConcurrentLinkedQueue<>()));
    try (RunningAgent agent = start(patients)) {
      all(
          patients,
          each ->
              () -> {
                for (int round = 1; round <= rounds; round++) {
                  Objects.requireNonNull(seen.get(each.kind())).add(once(agent, each, round));
                }
                return null;
              });
    }
    out.printf(
        "%-26s %3s  %15s  %15s  %15s  %9s %9s%n",
        "after the truth, in ms", "n", "seen", "down", "back", "onset", "restored");
    out.printf(
        "%-26s %3s  %7s %7s  %7s %7s  %7s %7s  %9s %9s%n",
        "", "", "median", "95 %", "median", "95 %", "median", "95 %", "width", "width");
    seen.forEach((kind, edges) ->
        out.printf(
            "%-26s %3d  %7.1f %7.1f  %7.0f %7.0f  %7.0f %7.0f  %9.0f %9.0f%n",
            kind,
            edges.size(),
            share(edges, 0.5, Edges::broke),
            share(edges, 0.95, Edges::broke),
            share(edges, 0.5, Edges::down),
            share(edges, 0.95, Edges::down),
            share(edges, 0.5, Edges::back),
            share(edges, 0.95, Edges::back),
            share(edges, 0.5, Edges::onset),
            share(edges, 0.5, Edges::restored)));
  }

  private Patient killed(String kind, String name, String rest)
      throws IOException, InterruptedException {
    Nginx nginx = with(Nginx.start(folder(name)));
    return new Patient(
        kind,
        name,
        yaml(name, nginx.url("/up"), "", rest),
        at(nginx::kill),
        () -> back(nginx),
        nginx::asked);
  }

  private Patient cut(String kind, String name) throws IOException {
    Moody moody = with(Moody.start());
    return new Patient(
        kind,
        name,
        yaml(name, moody.url(), "", QUICK),
        at(moody::crash),
        at(moody::open),
        moody::asked);
  }

  private Patient broken(String kind, String name, String rest)
      throws IOException, InterruptedException {
    Nginx nginx = with(Nginx.start(folder(name)));
    return new Patient(
        kind,
        name,
        yaml(name, nginx.url("/up"), "", rest),
        at(nginx::failEveryAnswer),
        at(nginx::answerAgain),
        nginx::asked);
  }

  private Patient hung(String kind, String name, String rest) throws IOException {
    Moody moody = with(Moody.start());
    return new Patient(
        kind,
        name,
        yaml(name, moody.url(), "", rest),
        at(() -> moody.become(Moody.Mood.SILENT)),
        at(() -> moody.become(Moody.Mood.PROMPT)),
        moody::asked);
  }

  /// The begin of what is done at once.
  private static Fate at(Truth.Change change) {
    return () -> Truth.of(change).before();
  }

  /// When somebody who tries all the time is first answered.
  static Instant back(Nginx nginx) throws IOException, InterruptedException {
    try (ExecutorService starter = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> started =
          starter.submit(() -> {
            nginx.startAgain();
            return null;
          });
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), nginx.port());
      Instant last = Instant.now();
      while (!accepts(address)) {
        last = Instant.now();
      }
      started.get();
      return last;
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private RunningAgent start(List<Patient> patients) throws IOException, InterruptedException {
    String services = patients.stream().map(Patient::yaml).collect(Collectors.joining());
    Path config = Files.createTempFile(folder, "allclear", ".yaml");
    RunningAgent agent =
        RunningAgent.start(folder, Files.writeString(config, "services:\n" + services));
    agent.process().until("all are held", () -> isHeld(agent, "state=\"holding\"", patients));
    return agent;
  }

  private static boolean isHeld(RunningAgent agent, String state, List<Patient> patients)
      throws IOException, InterruptedException {
    return Web.get(agent.url("/metrics"))
            .lines()
            .filter(line -> line.startsWith("allclear_tripwire_state"))
            .filter(line -> line.contains(state) && line.endsWith(" 1.0"))
            .count()
        == patients.size();
  }

  private static void all(List<Patient> patients, Function<Patient, Callable<Void>> task)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> each : threads.invokeAll(patients.stream().map(task).toList())) {
        each.get();
      }
    }
  }

  private static Edges once(RunningAgent agent, Patient patient, int round)
      throws IOException, InterruptedException {
    agent.process().until("it is held", () -> holds(agent, patient.name()));
    agent.process().pass(Duration.ofMillis(ThreadLocalRandom.current().nextInt(10_000)));
    Instant fell = patient.falls().happen();
    await(agent, patient, round, "detected");
    agent.process().pass(Duration.ofMillis(2_000 + ThreadLocalRandom.current().nextInt(2_000)));
    Instant rose = patient.rises().happen();
    await(agent, patient, round, "verified");
    agent.process().until("it is over", () -> isClosed(agent, patient));
    JsonNode told = newest(agent, patient);
    return new Edges(
        since(fell, told.path("onset").path("likely")),
        since(fell, told.path("detected")),
        since(rose, told.path("restored").path("latest")),
        width(told.path("onset")),
        width(told.path("restored")));
  }

  private static boolean holds(RunningAgent agent, String service)
      throws IOException, InterruptedException {
    return Web.get(agent.url("/metrics"))
        .lines()
        .anyMatch(line ->
            line.startsWith("allclear_tripwire_state")
                && line.contains("service=\"" + service + "\"")
                && line.contains("state=\"holding\"")
                && line.endsWith(" 1.0"));
  }

  private static JsonNode incidents(RunningAgent agent, Patient patient)
      throws IOException, InterruptedException {
    return Web.json(Web.get(agent.url("/api/v1/incidents?service=" + patient.name())));
  }

  private static JsonNode newest(RunningAgent agent, Patient patient)
      throws IOException, InterruptedException {
    return incidents(agent, patient).path(0);
  }

  private static boolean isClosed(RunningAgent agent, Patient patient)
      throws IOException, InterruptedException {
    return newest(agent, patient).path("state").asString().equals("closed");
  }

  private static void await(RunningAgent agent, Patient patient, int count, String moment)
      throws IOException, InterruptedException {
    JsonNode all = incidents(agent, patient);
    while (all.size() < count || !all.path(0).hasNonNull(moment)) {
      agent.process().pass(LOOK);
      all = incidents(agent, patient);
    }
  }

  private static double since(Instant truth, JsonNode at) {
    return Duration.between(truth, Instant.parse(at.asString())).toNanos() / 1e6;
  }

  private static double width(JsonNode bounds) {
    return since(Instant.parse(bounds.path("earliest").asString()), bounds.path("latest"));
  }

  private static double share(Queue<Edges> edges, double share, Function<Edges, Double> figure) {
    double[] sorted = edges.stream().mapToDouble(figure::apply).sorted().toArray();
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /// One outage of this length each, verified as by default.
  private void requests(Duration length)
      throws ExecutionException, IOException, InterruptedException {
    String usual = "verify: {hold: 10s}";
    List<Patient> patients =
        List.of(
            killed("refused", "refused", usual),
            broken("503", "failing", usual),
            hung("hung", "silent", usual));
    try (RunningAgent agent = start(patients)) {
      all(
          patients,
          each ->
              () -> {
                long before = each.asked().get();
                Instant begin = Instant.now();
                var _ = each.falls().happen();
                agent.process().pass(length);
                var _ = each.rises().happen();
                await(agent, each, 1, "verified");
                agent.process().until("it is over", () -> isClosed(agent, each));
                long asked = each.asked().get() - before;
                double polls = Duration.between(begin, Instant.now()).toMillis() / 10_000.0;
                synchronized (out) {
                  out.printf(
                      "%-8s %4d requests in %3.0f s, of which polling alone is %4.1f: +%.0f %% an hour%n",
                      each.kind(), asked, polls * 10, polls, (asked - polls) / 3.6);
                }
                return null;
              });
      Web.get(agent.url("/metrics"))
          .lines()
          .filter(line ->
              line.startsWith("allclear_probe_runs_total")
                  || line.startsWith("allclear_requests_total")
                  || line.startsWith("allclear_tripwire_requests"))
          .forEach(out::println);
    }
  }
}
