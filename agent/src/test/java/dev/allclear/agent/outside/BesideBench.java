package dev.allclear.agent.outside;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Measures for `bench/beside-blackbox` how well the same outages are dated by an agent at 10 s and
/// by blackbox_exporter and Prometheus at 10 s and 1 s: `FOLDER EXPORTER ROUNDS`.
final class BesideBench {
  private static final int SERVERS = 5;
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Duration ONE = Duration.ofSeconds(1);
  private static final List<String> KINDS = List.of("crash", "503", "hang");

  /// A probe that hangs is given the time at which it began.
  private static final Duration BEFORE = Duration.ofSeconds(3);

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  /// One server, and when it was truly down.
  private record Server(String kind, String name, Nginx nginx, List<Down> downs) {
    String url(String who) {
      return nginx.url("/" + who);
    }
  }

  private record Down(Instant from, Instant to) {
    double seconds() {
      return between(from, to);
    }
  }

  /// How an outage was dated, in seconds: `onset` and `length` are errors of what is likely,
  /// `known` is how long after the onset it was known of, `width` that of the bounds of the length.
  /// `readOnset` and `read` are errors of what people read off: from the first bad sample to the
  /// first good one.
  private record Dated(
      double onset, double length, double known, double width, double readOnset, double read) {}

  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    new BesideBench().run(Path.of(args[0]), args[1], Integer.parseInt(args[2]));
  }

  private void run(Path folder, String exporter, int rounds)
      throws IOException, InterruptedException, ExecutionException {
    List<Server> servers = new ArrayList<>();
    try {
      StringBuilder config = new StringBuilder("services:\n");
      for (String kind : KINDS) {
        for (int i = 0; i < SERVERS; i++) {
          String name = "s" + kind + i;
          Nginx nginx = Nginx.start(Files.createDirectories(folder.resolve(name)));
          Server server = new Server(kind, name, nginx, new ArrayList<>());
          servers.add(server);
          config.append(
              "  %s: {rto: 10m, detect: %s, verify: {for: 2s, hold: 2s}}\n"
                  .formatted(name, server.url("agent")));
        }
      }
      Path file = Files.writeString(folder.resolve("allclear.yaml"), config);
      try (Scraper ten = scraper(folder, exporter, TEN, "ten", servers);
          Scraper one = scraper(folder, exporter, ONE, "one", servers);
          RunningAgent agent = RunningAgent.start(folder, file)) {
        agent.process().pass(Duration.ofSeconds(30));
        run(rounds, servers, agent, ten, one);
      }
    } finally {
      servers.forEach(each -> each.nginx().close());
    }
  }

  private static Scraper scraper(
      Path folder, String exporter, Duration every, String who, List<Server> servers)
      throws IOException, InterruptedException {
    return Scraper.start(
        Files.createDirectories(folder.resolve(who)),
        exporter,
        every,
        servers.stream().map(each -> each.url(who)).toList());
  }

  /// Who watches, and what that has cost so far.
  private record Watcher(String path, String name, Supplier<Duration> cpu, Dating dating) {}

  /// How the outages of a server were dated.
  private interface Dating {
    List<Dated> of(Server server) throws IOException, InterruptedException;
  }

  /// What was used by now: CPU time by watcher, requests by watcher and kind.
  private record Spent(Instant at, List<Duration> cpu, Map<String, Long> asked) {
    static Spent now(List<Watcher> watchers, List<Server> servers) throws IOException {
      List<Duration> cpu = watchers.stream().map(each -> each.cpu().get()).toList();
      return new Spent(Instant.now(), cpu, BesideBench.asked(servers));
    }
  }

  private void run(int rounds, List<Server> servers, RunningAgent agent, Scraper ten, Scraper one)
      throws IOException, InterruptedException, ExecutionException {
    List<Watcher> watchers =
        List.of(
            new Watcher(
                "agent", "Allclear, 10 s", agent.process()::cpu, each -> dated(each, agent)),
            new Watcher("ten", "blackbox, 10 s", ten::cpu, each -> dated(each, ten)),
            new Watcher("one", "blackbox, 1 s", one::cpu, each -> dated(each, one)));
    Spent begin = Spent.now(watchers, servers);
    // All is well in this time.
    agent.process().pass(Duration.ofSeconds(60));
    Spent well = Spent.now(watchers, servers);
    all(servers, each -> suffer(agent, each, rounds));
    agent.process().pass(Duration.ofSeconds(15));
    Spent end = Spent.now(watchers, servers);
    printDates(watchers, servers);
    for (int i = 0; i < watchers.size(); i++) {
      printCosts(i, watchers.get(i), servers, List.of(begin, well, end));
    }
  }

  private void printDates(List<Watcher> watchers, List<Server> servers)
      throws IOException, InterruptedException {
    String head = "%-16s %-6s %7s  %15s  %15s  %7s  %15s  %15s%n";
    out.printf(head, "seconds", "", "seen", "onset", "length", "width", "known", "as read");
    out.printf(
        head,
        "",
        "",
        "",
        "median    95 %",
        "median    95 %",
        "median",
        "median    95 %",
        "onset  length");
    for (String kind : KINDS) {
      for (Watcher watcher : watchers) {
        List<Dated> dated = new ArrayList<>();
        int downs = 0;
        for (Server server : servers) {
          if (server.kind().equals(kind)) {
            downs += server.downs().size();
            dated.addAll(watcher.dating().of(server));
          }
        }
        out.printf(
            "%-16s %-6s %3d/%-3d  %7.3f %7.3f  %7.3f %7.3f  %7.3f  %7.3f %7.3f  %7.3f %7.3f%n",
            watcher.name(),
            kind,
            dated.size(),
            downs,
            share(dated, 0.5, Dated::onset),
            share(dated, 0.95, Dated::onset),
            share(dated, 0.5, Dated::length),
            share(dated, 0.95, Dated::length),
            share(dated, 0.5, Dated::width),
            share(dated, 0.5, Dated::known),
            share(dated, 0.95, Dated::known),
            share(dated, 0.5, Dated::readOnset),
            share(dated, 0.5, Dated::read));
      }
    }
  }

  private void printCosts(int which, Watcher watcher, List<Server> servers, List<Spent> spent) {
    Spent begin = spent.get(0);
    Spent well = spent.get(1);
    Spent end = spent.get(2);
    double quiet = between(begin.at(), well.at());
    double loud = between(well.at(), end.at());
    long polls = count(well.asked(), watcher.path()) - count(begin.asked(), watcher.path());
    out.printf(
        "%-16s while all is well %4.0f requests an hour and target, %5.2f %% of a core; later %5.2f %%%n",
        watcher.name(),
        polls / quiet * 3600 / servers.size(),
        100 * seconds(well.cpu().get(which).minus(begin.cpu().get(which))) / quiet,
        100 * seconds(end.cpu().get(which).minus(well.cpu().get(which))) / loud);
    for (String kind : KINDS) {
      String key = watcher.path() + kind;
      double down =
          servers.stream()
              .filter(server -> server.kind().equals(kind))
              .flatMap(server -> server.downs().stream())
              .mapToDouble(Down::seconds)
              .sum();
      out.printf(
          "    %-6s %5d requests in %4.0f s of which it was down for %4.0f s%n",
          kind, count(end.asked(), key) - count(well.asked(), key), loud * SERVERS, down);
    }
  }

  private static long count(Map<String, Long> asked, String begin) {
    return asked.entrySet().stream()
        .filter(each -> each.getKey().startsWith(begin))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static Map<String, Long> asked(List<Server> servers) throws IOException {
    Map<String, Long> asked = new LinkedHashMap<>();
    for (String who : List.of("agent", "ten", "one")) {
      for (Server server : servers) {
        asked.merge(who + server.kind(), server.nginx().asked("/" + who), Long::sum);
      }
    }
    return asked;
  }

  private interface Task {
    void of(Server server) throws IOException, InterruptedException;
  }

  private static void all(List<Server> servers, Task task)
      throws InterruptedException, ExecutionException {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (Server each : servers) {
      tasks.add(() -> {
        task.of(each);
        return true;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(tasks)) {
        each.get();
      }
    }
  }

  /// Down for 5 to 35 s, and well for longer than anybody takes to see it.
  private static void suffer(RunningAgent agent, Server server, int rounds)
      throws IOException, InterruptedException {
    Nginx nginx = server.nginx();
    for (int round = 0; round < rounds; round++) {
      agent.process().pass(some(25, 40));
      Truth fell =
          Truth.of(
              switch (server.kind()) {
                case "crash" -> nginx::kill;
                case "503" -> nginx::failEveryAnswer;
                default -> nginx::freeze;
              });
      agent.process().pass(some(5, 35));
      Instant rose =
          switch (server.kind()) {
            case "crash" -> EdgeBench.back(nginx);
            case "503" -> Truth.of(nginx::answerAgain).before();
            default -> Truth.of(nginx::thaw).before();
          };
      server.downs().add(new Down(fell.before(), rose));
    }
  }

  private static Duration some(int least, int most) {
    return Duration.ofMillis(ThreadLocalRandom.current().nextInt(least * 1000, most * 1000));
  }

  private static List<Dated> dated(Server server, RunningAgent agent)
      throws IOException, InterruptedException {
    JsonNode incidents = Web.json(Web.get(agent.url("/api/v1/incidents?service=" + server.name())));
    List<Dated> dated = new ArrayList<>();
    for (Down down : server.downs()) {
      for (JsonNode incident : incidents) {
        Instant onset = at(incident.path("onset"), "likely");
        Instant detected = Instant.parse(incident.path("detected").asString());
        if (detected.isAfter(down.from())
            && onset.isBefore(down.to().plusSeconds(5))
            && at(incident.path("onset"), "latest").isAfter(down.from())) {
          JsonNode length = incident.path("durations").path("downtime");
          double from = Math.abs(between(down.from(), onset));
          double error = Math.abs(length.path("likely").asDouble() - down.seconds());
          double width = length.path("max").asDouble() - length.path("min").asDouble();
          dated.add(new Dated(from, error, between(down.from(), detected), width, from, error));
          break;
        }
      }
    }
    return dated;
  }

  private static Instant at(JsonNode bounds, String which) {
    return Instant.parse(bounds.path(which).asString());
  }

  /// As well as samples can date it: the middle of the last good and the first bad one, and of the
  /// last bad and the first good one.
  private static List<Dated> dated(Server server, Scraper scraper)
      throws IOException, InterruptedException {
    List<Scraper.Sample> samples = scraper.samples(server.url(scraper.path()));
    List<Dated> dated = new ArrayList<>();
    for (Down down : server.downs()) {
      Dated one = dated(down, samples);
      if (one != null) {
        dated.add(one);
      }
    }
    return dated;
  }

  private static @Nullable Dated dated(Down down, List<Scraper.Sample> samples) {
    int first = -1;
    int last = -1;
    for (int i = 1; i + 1 < samples.size(); i++) {
      Scraper.Sample sample = samples.get(i);
      boolean within =
          sample.at().isAfter(down.from().minus(BEFORE)) && sample.at().isBefore(down.to());
      if (within && !sample.good()) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first < 0) {
      return null;
    }
    Instant from = middle(samples.get(first - 1).at(), samples.get(first).at());
    Instant to = middle(samples.get(last).at(), samples.get(last + 1).at());
    double width =
        between(samples.get(first - 1).at(), samples.get(first).at())
            + between(samples.get(last).at(), samples.get(last + 1).at());
    return new Dated(
        Math.abs(between(down.from(), from)),
        Math.abs(between(from, to) - down.seconds()),
        between(down.from(), samples.get(first).at()),
        width,
        Math.abs(between(down.from(), samples.get(first).at())),
        Math.abs(between(samples.get(first).at(), samples.get(last + 1).at()) - down.seconds()));
  }

  private static Instant middle(Instant a, Instant b) {
    return a.plus(Duration.between(a, b).dividedBy(2));
  }

  private static double between(Instant from, Instant to) {
    return seconds(Duration.between(from, to));
  }

  private static double seconds(Duration length) {
    return length.toNanos() / 1e9;
  }

  private static double share(List<Dated> dated, double share, ToDoubleFunction<Dated> figure) {
    double[] sorted = dated.stream().mapToDouble(figure).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
