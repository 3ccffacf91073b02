package dev.allclear.agent.outside;

import static dev.allclear.agent.outside.Moody.Mood.PROMPT;
import static dev.allclear.agent.outside.Moody.Mood.SILENT;
import static dev.allclear.agent.outside.Moody.Mood.SLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of outage that a service can have, side by side, as one agent sees it: the truth is
/// within what it prints, and its verdict is right.
final class OutageKindsIT {
  private static final int ROUNDS = Boolean.getBoolean("allclear.long") ? 20 : 2;
  private static final int TTL = 300;

  private static final String ZONE =
      """
      @ 300 SOA ns1 admin 1 15 5 86400 20
      @ 300 NS ns1
      ns1 300 A 127.0.0.1
      app 300 A 127.0.0.1
      half 300 A 127.0.30.1
      half 300 A 127.0.30.2
      """;

  private static final String EACH =
      """
      resolvers: {lab: "{lab}"}
      journeys:
        each: {every: 1s, deadline: 4s, addresses: each, steps: [{get: "{both}"}]}
      services:
      """;

  @TempDir private Path folder;

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /// A key and its certificate for 127.0.0.1, which nobody has signed.
  private Path certificate(String name) throws IOException, InterruptedException {
    Path pem = folder.resolve(name + ".pem");
    List<String> command =
        List.of(
            Daemon.executable("openssl").toString(),
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=" + name,
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            pem + ".key",
            "-out",
            pem + ".crt");
    try (Child openssl = Child.start(folder, command)) {
      assertEquals(0, openssl.await(Duration.ofMinutes(1)), openssl::toString);
    }
    return Files.writeString(
        pem, Files.readString(Path.of(pem + ".key")) + Files.readString(Path.of(pem + ".crt")));
  }

  @Test
  void theTruthIsWithinWhatIsPrinted() throws IOException, InterruptedException {
    Path good = certificate("good");
    Path other = certificate("other");
    int port = Ports.free();
    try (DnsLab lab = new DnsLab(folder("dns"));
        Segment segment = Segment.open();
        Nginx killed = Nginx.start(folder("killed"));
        Nginx frozen = Nginx.start(folder("frozen"));
        Nginx broken = Nginx.start(folder("broken"));
        Nginx secure = Nginx.secure(folder("secure"), good);
        Nginx moved = Nginx.start(folder("moved"));
        Nginx away = Nginx.start(folder("away"), segment);
        Nginx _ = Nginx.start(folder("one"), "127.0.30.1", port);
        Nginx two = Nginx.start(folder("two"), "127.0.30.2", port);
        Moody hung = Moody.start();
        Moody slow = Moody.start()) {
      Authority authority = lab.authority(ZONE);
      String both = "http://half.fo.test:%d/".formatted(port);
      Ailment half =
          new Ailment("half", both, two::kill, two::startAgain)
              .with("resolver: lab")
              .degraded("half", "journeys: [each]");
      List<Ailment> others =
          List.of(
              new Ailment("killed", killed.url("/up"), killed::kill, killed::startAgain),
              new Ailment("frozen", frozen.url("/up"), frozen::freeze, frozen::thaw),
              new Ailment("broken", broken.url("/"), broken::failEveryAnswer, broken::answerAgain),
              new Ailment("hung", hung.url(), () -> hung.become(SILENT), () -> hung.become(PROMPT)),
              new Ailment("slow", slow.url(), () -> slow.become(SLOW), () -> slow.become(PROMPT))
                  .detecting("expect: {within: 300ms}")
                  .degraded("slow", "slow: true"),
              new Ailment(
                      "distrusted",
                      secure.url("/"),
                      () -> secure.present(other),
                      () -> secure.present(good))
                  .detecting("tls: {ca: \"%s.crt\"}".formatted(good)),
              new Ailment(
                      "misled",
                      moved.url("/").replace("127.0.0.1", "app.fo.test"),
                      () -> authority.put("app", TTL, "A", "127.0.66.1"),
                      () -> authority.put("app", TTL, "A", "127.0.0.1"))
                  .with("resolver: lab"),
              new Ailment("lost", away.url("/up"), segment::drop, segment::letThrough));
      StringBuilder config =
          new StringBuilder(EACH.replace("{lab}", authority.address()).replace("{both}", both));
      config.append(half.services(", journeys: [each]"));
      others.forEach(each -> config.append(each.services("")));
      Path file = Files.writeString(folder.resolve("allclear.yaml"), config);
      try (RunningAgent agent = RunningAgent.start(folder, file)) {
        agent.process().until("all are healthy", () -> areHealthy(agent));
        suffer(agent, Stream.concat(Stream.of(half), others.stream()).toList());
      }
    }
  }

  private static boolean areHealthy(RunningAgent agent) throws IOException, InterruptedException {
    return Web.json(Web.get(agent.url("/api/v1/status"))).findValuesAsString("state").stream()
        .allMatch("healthy"::equals);
  }

  private static void suffer(RunningAgent agent, List<Ailment> ailments)
      throws InterruptedException {
    long seed = ThreadLocalRandom.current().nextLong();
    List<Callable<String>> all = new ArrayList<>();
    for (Ailment each : ailments) {
      all.add(() -> suffer(agent, each, new SplittableRandom(seed ^ each.name().hashCode())));
    }
    List<String> wrong = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> each : threads.invokeAll(all)) {
        wrong.add(each.resultNow());
      }
    }
    wrong.removeIf(String::isEmpty);
    assertTrue(wrong.isEmpty(), () -> "seed %d: %s".formatted(seed, String.join("\n", wrong)));
  }

  /// What was wrong, empty if nothing was.
  private static String suffer(RunningAgent agent, Ailment ailment, RandomGenerator random)
      throws IOException, InterruptedException {
    try {
      ailment.suffer(agent, ROUNDS, random);
      return "";
    } catch (AssertionError e) {
      return ailment.name() + ": " + e.getMessage();
    }
  }
}
