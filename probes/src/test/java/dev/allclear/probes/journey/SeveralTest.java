package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.Trial.CLOCK;
import static dev.allclear.probes.journey.Trial.failed;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.http.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Steps that are several requests at once: a burst, across regions, against every address. The
/// servers share a port and stand for addresses.
final class SeveralTest {

  private final List<MockWebServer> servers = new ArrayList<>();
  private int port;

  @AfterEach
  void stop() {
    servers.forEach(MockWebServer::close);
  }

  /// Serves at 127.0.0.N, on the port of the first.
  private void serve(int n, Function<RecordedRequest, MockResponse> answer) throws IOException {
    MockWebServer server = new MockWebServer();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer.apply(request);
          }
        });
    server.start(address(n), port);
    port = server.getPort();
    servers.add(server);
  }

  private static InetAddress address(int n) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) n});
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse.Builder().code(status).body(body).build();
  }

  private String url(String path) {
    return "http://shop.example:" + port + path;
  }

  private static Addresses at(int... hosts) {
    return _ -> {
      List<InetAddress> found = new ArrayList<>();
      for (int n : hosts) {
        found.add(address(n));
      }
      return found;
    };
  }

  private static Step burst(int size, Step step) {
    return step.conducted(step.conduct().atOnce(size));
  }

  @Test
  void aBurstIsAtOnceOnConnectionsOfItsOwn() throws IOException {
    CyclicBarrier all = new CyclicBarrier(20);
    Set<Integer> connections = ConcurrentHashMap.newKeySet();
    serve(
        1,
        request -> {
          connections.add(request.getConnectionIndex());
          try {
            all.await();
          } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
          }
          return answer(200, "");
        });
    Observation seen = run(burst(20, get(url("/")).named("buy")));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(20, connections.size());
    assertEquals(1, seen.steps().size());
    Manner.Burst manner = assertInstanceOf(Manner.Burst.class, seen.steps().getFirst().manner());
    assertEquals(20, manner.size());
    assertTrue(manner.fastest().compareTo(manner.median()) <= 0);
    assertTrue(manner.median().compareTo(manner.slowest()) <= 0);
  }

  @Test
  void aBurstSendsTheCookiesOfTheRunAndKeepsNoneOfItsOwn() throws IOException {
    List<String> cookies = new ArrayList<>();
    serve(
        1,
        request -> {
          synchronized (cookies) {
            cookies.add(String.valueOf(request.getHeaders().get("Cookie")));
          }
          String set = "n=" + request.getTarget().length();
          return new MockResponse.Builder().addHeader("Set-Cookie", set).build();
        });
    run(
        get(url("/")).named("in"),
        burst(2, get(url("/buy")).named("buy")),
        get(url("/")).named("out"));

    assertEquals(List.of("null", "n=1", "n=1", "n=1"), cookies);
  }

  @Test
  void aBurstSaysHowManyFailedAndWhy() throws IOException {
    AtomicInteger count = new AtomicInteger();
    serve(
        1,
        _ ->
            switch (count.incrementAndGet()) {
              case 3, 7 -> answer(503, "");
              case 9 -> answer(404, "");
              default -> answer(200, "");
            });
    Observation seen = run(burst(10, get(url("/")).named("buy")));

    assertEquals(
        failed(
            Cause.STATUS,
            "3 of 10 failed: 2 × status 503, expected 200-299; 1 × status 404, expected 200-299"),
        seen.outcome());
    StepRun step = seen.failedStep().orElseThrow();
    assertEquals(Bounds.between(step.begin(), step.end()), seen.proof());
  }

  @Test
  void anInterruptedBurstLeavesNothingBehind() throws IOException, InterruptedException {
    CountDownLatch asked = new CountDownLatch(3);
    CountDownLatch release = new CountDownLatch(1);
    serve(
        1,
        _ -> {
          asked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return answer(200, "");
        });
    Step step = burst(3, get(url("/")).named("buy"));
    List<Observation> seen = new ArrayList<>();
    Thread runner =
        Thread.ofVirtual()
            .start(() -> seen.add(Trial.probe(Duration.ofSeconds(20), at(1), step).run()));
    asked.await();
    runner.interrupt();
    runner.join();
    release.countDown();

    assertEquals(Outcome.inconclusive("interrupted"), seen.getFirst().outcome());
  }

  private static Target led(int n) {
    return new Target("127.0.0." + n, 0);
  }

  private Step balance(boolean secret) {
    Map<String, Target> regions = new LinkedHashMap<>();
    regions.put("eu", led(1));
    regions.put("us", led(2));
    Trial.Draft draft = get(url("/balance"));
    Step step =
        (secret
                ? draft.captureSecret("balance", Source.json("$.b"))
                : draft.capture("balance", Source.json("$.b")))
            .named("balance");
    return step.conducted(step.conduct().across(regions));
  }

  @Test
  void regionsThatAgreeAreConsistent() throws IOException {
    List<String> hosts = new ArrayList<>();
    serve(1, request -> answer(200, "{\"b\": 12}"));
    serve(
        2,
        request -> {
          hosts.add(request.getHeaders().get("Host"));
          return answer(200, "{\"b\": 12}");
        });
    serve(3, request -> answer(request.getTarget().equals("/12") ? 200 : 404, ""));
    Observation seen = run(at(3), balance(false), get(url("/${balance}")).named("use"));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(new Manner.Across(List.of("eu", "us")), seen.steps().getFirst().manner());
    assertEquals(List.of("shop.example:" + port), hosts);
  }

  @Test
  void regionsThatDifferAreNamedWithWhatTheySay() throws IOException {
    serve(1, _ -> answer(200, "{\"b\": 12}"));
    serve(2, _ -> answer(200, "{\"b\": 15}"));

    assertEquals(
        failed(Cause.ASSERTION, "balance differs: eu 12, us 15"), run(balance(false)).outcome());
    assertEquals(
        failed(Cause.ASSERTION, "balance differs: eu ***, us ***"), run(balance(true)).outcome());
  }

  @Test
  void everyRegionHasToPass() throws IOException {
    serve(1, _ -> answer(200, "{\"b\": 12}"));
    serve(2, _ -> answer(503, ""));

    assertEquals(
        failed(Cause.STATUS, "us: status 503, expected 200-299"), run(balance(false)).outcome());
  }

  private static Observation runEach(Addresses addresses, Step... steps) {
    Journey journey =
        Journey.of("checkout", Duration.ofSeconds(20), List.of(steps)).againstEveryAddress();
    return Trial.run(new JourneyProbe(journey, Depth.DEEP, CLOCK, addresses));
  }

  @Test
  void walksAgainstEveryAddressWithCookiesOfItsOwn() throws IOException {
    Set<String> cookies = ConcurrentHashMap.newKeySet();
    for (int n = 1; n <= 3; n++) {
      String set = "n=" + n;
      serve(
          n,
          request -> {
            cookies.add(set + " got " + request.getHeaders().get("Cookie"));
            return new MockResponse.Builder().addHeader("Set-Cookie", set).build();
          });
    }
    Observation seen = runEach(at(1, 2, 3), get(url("/")).named("a"), get(url("/")).named("b"));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(
        List.of("a", "b", "a", "b", "a", "b"), seen.steps().stream().map(StepRun::name).toList());
    assertEquals("127.0.0.2", Trial.http(seen, 2).remote());
    assertEquals(
        Set.of(
            "n=1 got null",
            "n=1 got n=1",
            "n=2 got null",
            "n=2 got n=2",
            "n=3 got null",
            "n=3 got n=3"),
        cookies);
  }

  @Test
  void walksAgainstEveryAddressOfASocketToo() throws IOException {
    serve(1, _ -> answer(503, ""));
    serve(2, _ -> answer(503, ""));
    Step step = Trial.socket(url("/").replaceFirst("http", "ws")).named("live");

    assertEquals(
        failed(
            Cause.STATUS,
            "2 of 2 addresses fail: 127.0.0.1: status 503, expected 101;"
                + " 127.0.0.2: status 503, expected 101"),
        runEach(at(1, 2), step).outcome());
  }

  @Test
  void namesTheAddressesThatFail() throws IOException {
    serve(1, _ -> answer(200, "ok"));
    serve(2, _ -> answer(503, ""));
    Step step = get(url("/")).expect(Expectation.matches("ok")).named("a");
    Observation seen = runEach(at(1, 2, 3), step);

    assertEquals(
        failed(
            Cause.STATUS,
            "2 of 3 addresses fail: 127.0.0.2: status 503, expected 200-299; body does not match /ok/;"
                + " 127.0.0.3: cannot connect to 127.0.0.3:%d: Connection refused".formatted(port)),
        seen.outcome());
    StepRun bad = seen.failedStep().orElseThrow();
    assertEquals(Bounds.between(bad.begin(), bad.end()), seen.proof());
    assertFalse(seen.end().isBefore(bad.end()));
  }

  @Test
  void aHostWithoutAddressesFailsAsEverywhere() {
    Addresses none =
        host -> {
          throw new UnknownHostException("no address for " + host);
        };

    assertEquals(
        failed(Cause.DNS, "no address for shop.example"),
        runEach(none, get("http://shop.example/").named("a")).outcome());
  }

  @Test
  void walksAgainstEveryAddressOfWhereTheFirstStepIsLed() throws IOException {
    serve(1, _ -> answer(200, ""));
    serve(2, _ -> answer(503, ""));
    Addresses origin =
        host -> {
          if (!host.equals("origin.example")) {
            throw new UnknownHostException("no address for " + host);
          }
          return at(1, 2).of(host);
        };
    Step step = get(url("/")).named("a");
    Step led = step.over(step.link().to(new Target("origin.example", 0)));

    assertEquals(
        failed(Cause.STATUS, "1 of 2 addresses fails: 127.0.0.2: status 503, expected 200-299"),
        runEach(origin, led).outcome());
  }

  /// However the threads of a run come to be scheduled.
  @Test
  void oneSeedGivesEachOfSeveralTheSameChance() throws IOException {
    Map<String, List<String>> asked = new ConcurrentHashMap<>();
    for (int n = 1; n <= 2; n++) {
      String server = "127.0.0." + n;
      serve(
          n,
          request -> {
            asked
                .computeIfAbsent(server, _ -> new CopyOnWriteArrayList<>())
                .add(request.getTarget());
            return answer(200, "{\"b\": 12}");
          });
    }
    Step across = balance(false);
    Step random = get(url("/${uuid()}")).capture("balance", Source.json("$.b")).named("balance");
    Journey journey =
        Journey.of(
                "checkout",
                Duration.ofSeconds(20),
                List.of(
                    random.conducted(across.conduct()),
                    burst(3, get(url("/b")).query("q", "${uuid()}").named("many"))))
            .againstEveryAddress();
    JourneyProbe probe = new JourneyProbe(journey, Depth.DEEP, CLOCK, at(1, 2)).seeded(42);
    assertTrue(probe.isRandom());
    assertEquals(Outcome.pass(), Trial.run(probe).outcome());
    Map<String, Set<String>> first = targets(asked);
    asked.clear();
    assertEquals(Outcome.pass(), Trial.run(probe).outcome());

    assertEquals(first, targets(asked));
    // Each walk asks both regions once, and each address has three at once.
    assertEquals(List.of(5, 5), first.values().stream().map(Set::size).toList());
  }

  private static Map<String, Set<String>> targets(Map<String, List<String>> asked) {
    Map<String, Set<String>> targets = new TreeMap<>();
    asked.forEach((server, all) -> targets.put(server, new TreeSet<>(all)));
    return targets;
  }

  @Test
  void routesLeadToRegionsAndResolvers() throws IOException {
    for (int n = 1; n <= 4; n++) {
      int status = 200 + n;
      serve(n, _ -> answer(status, ""));
    }
    Step plain = get(url("/")).named("plain");
    Step us = plain.conducted(plain.conduct().going(new Way("us", null, List.of())));
    Step users = plain.conducted(plain.conduct().going(new Way(null, "users", List.of())));
    Step own = plain.over(plain.link().to(led(4)));
    Routes routes = new Routes(Map.of("eu", led(1), "us", led(2)), Map.of("users", at(3)));
    Journey journey =
        Journey.of("checkout", Duration.ofSeconds(20), List.of(plain, us, users, own));

    assertEquals(List.of(204, 202, 203, 204), statuses(routes.lead(journey, null)));
    assertEquals(List.of(201, 202, 201, 204), statuses(routes.lead(journey, "eu")));
  }

  private static List<Integer> statuses(Journey journey) throws UnknownHostException {
    Observation seen = Trial.run(new JourneyProbe(journey, Depth.DEEP, CLOCK, at(4)));
    return seen.steps().stream().map(step -> ((Reply.Http) step.reply()).status()).toList();
  }
}
