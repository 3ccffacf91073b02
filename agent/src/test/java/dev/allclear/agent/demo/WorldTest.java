package dev.allclear.agent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.demo.Script.Cue;
import dev.allclear.agent.demo.Truth.Outage;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

final class WorldTest {
  private final FakeClock clock = new FakeClock();
  private World world;
  private Ports ports;

  @BeforeEach
  void start() throws IOException {
    world = World.start(Ports.FREE, clock, 1);
    ports = world.ports();
  }

  @AfterEach
  void close() throws IOException {
    world.close();
  }

  @Test
  void bothRegionsServeOnOnePortAndKnowTheSameSession() throws IOException, InterruptedException {
    for (Region region : Region.values()) {
      try (Shopper shopper = new Shopper(region.host(), ports.shop())) {
        assertEquals(
            region.label(),
            shopper.get("/healthz").headers().firstValue("X-Served-By").orElseThrow());
      }
    }
    assertEquals(login(Region.WEST), login(Region.EAST));
  }

  @Test
  void theAuthorityAnswersWithAuthority() throws IOException {
    Message reply = ask(ports.authority(), "Shop.AllClear.test.", Type.A);
    assertTrue(reply.getHeader().getFlag(Flags.AA));
    assertEquals(List.of("127.0.10.1 4"), records(reply));
    assertEquals(List.of(), records(ask(ports.authority(), "shop.allclear.test.", Type.AAAA)));
    assertEquals(
        Rcode.REFUSED, ask(ports.authority(), "shop.example.", Type.A).getHeader().getRcode());
  }

  @Test
  void resolversAnswerWithoutAuthority() throws IOException {
    for (int port : List.of(ports.obeys(), ports.clamps(), ports.stale())) {
      Message reply = ask(port, "shop.allclear.test.", Type.A);
      assertTrue(!reply.getHeader().getFlag(Flags.AA) && reply.getHeader().getFlag(Flags.RA));
      Message empty = ask(port, "shop.allclear.test.", Type.AAAA);
      assertEquals(Rcode.NOERROR, empty.getHeader().getRcode());
      assertEquals(List.of(), records(empty));
      assertEquals(Rcode.NXDOMAIN, ask(port, "shop.example.", Type.A).getHeader().getRcode());
    }
  }

  @Test
  void resolversFollowTheAuthorityByTheirManners() throws IOException {
    askAll();
    clock.set(2000);
    world.perform(new Act.FailOver(Region.EAST));
    assertEquals(List.of("127.0.20.1 4", "127.0.10.1 2", "127.0.10.1 6", "127.0.10.1 2"), askAll());
    clock.set(4500);
    assertEquals(
        List.of("127.0.20.1 4", "127.0.20.1 4", "127.0.10.1 4", "127.0.10.1 30"), askAll());
    clock.set(8000);
    assertEquals("127.0.20.1 8", askAll().get(2));
  }

  @Test
  void knowsTheTruthOfAWholeOutage() throws IOException, InterruptedException {
    askAll();
    clock.set(1000);
    world.perform(new Act.Break(Region.WEST, Breakage.HANG));
    clock.set(2000);
    world.perform(new Act.Warm(Region.EAST, Duration.ofSeconds(5)));
    world.perform(new Act.FailOver(Region.EAST));
    clock.set(20_000);
    assertEquals(List.of(), world.truth().outages());
    while (askAll().getLast().startsWith(Region.WEST.host())) {
      Thread.onSpinWait();
    }
    Outage outage = world.truth().outages().getFirst();
    assertEquals(FakeClock.at(1000), outage.onset());
    assertEquals(FakeClock.at(4000), outage.firstGood());
    assertEquals(FakeClock.at(20_000), outage.restored());
    assertEquals(FakeClock.at(8000), outage.flips().get("clamps"));
    assertEquals(Set.of("obeys", "clamps", "stale"), outage.flips().keySet());
  }

  @Test
  void aTruthThatOnlyTimeBroughtAboutIsRecordedBeforeTheNextMove() throws IOException {
    askAll();
    world.perform(new Act.FailOver(Region.EAST));
    clock.set(5000);
    world.perform(new Act.FailOver(Region.WEST));
    assertEquals(
        List.of(
            "the authority answers east",
            "resolver obeys answers east",
            "the authority answers west",
            "resolver obeys answers west"),
        whatHappened());
  }

  @Test
  void playsAScript() throws IOException, InterruptedException {
    List<Act> acts =
        List.of(
            new Act.Break(Region.WEST, Breakage.REFUSE),
            new Act.FailOver(Region.EAST),
            new Act.Settle(),
            new Act.Mend(Region.WEST));
    List<Duration> pauses = new ArrayList<>();
    List<Act> heard = new ArrayList<>();
    Stream<Cue> script = acts.stream().map(act -> new Cue(Duration.ofSeconds(7), act));
    try (Director director = Director.start(world, script.iterator(), pauses::add, heard::add)) {
      director.await();
    }
    assertEquals(acts, heard);
    assertEquals(4, pauses.size());
    assertTrue(whatHappened().contains("west is mended"));
  }

  @Test
  void aDirectorStopsInTheMiddleOfAnEndlessScript() throws IOException, InterruptedException {
    Pause forEver = _ -> Thread.currentThread().join();
    Director director = Director.start(world, Script.endless(1, 1).iterator(), forEver, _ -> {});
    director.close();
    director.await();
    assertEquals(List.of(), world.truth().facts());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 127.0.0.1",
    "1, 127.0.20.1",
    "2, 127.0.0.1",
    "3, 127.0.0.1",
    "4, 127.0.0.1",
    "5, 127.0.0.1",
  })
  void saysWhichPortIsTakenAndOpensNothing(int which, String host)
      throws IOException, InterruptedException {
    int[] wanted = new int[6];
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(host, 0));
      int port = taken.getLocalPort();
      wanted[which] = port;
      BindException e =
          assertThrows(BindException.class, () -> World.start(ports(wanted), clock, 1));
      assertEquals(
          "%s:%d is in use: is another demo running? Try --port %d"
              .formatted(host, port, wanted[0] + 100),
          e.getMessage());
    }
  }

  @Test
  void leavesItsPortsFree() throws IOException {
    world.close();
    World.start(ports, clock, 1).close();
  }

  private static Ports ports(int[] wanted) {
    return new Ports(wanted[0], wanted[1], wanted[2], wanted[3], wanted[4], wanted[5]);
  }

  private String login(Region region) throws IOException, InterruptedException {
    try (Shopper shopper = new Shopper(region.host(), ports.shop())) {
      HttpResponse<String> login = shopper.post("/login", "user=ada&password=lovelace");
      return login.body() + login.headers().firstValue("Set-Cookie").orElseThrow();
    }
  }

  private List<String> whatHappened() {
    return world.truth().facts().stream().map(Truth.Fact::what).toList();
  }

  /// The authority, then obeys, clamps, stale.
  private List<String> askAll() throws IOException {
    List<String> answers = new ArrayList<>();
    for (int port : List.of(ports.authority(), ports.obeys(), ports.clamps(), ports.stale())) {
      answers.addAll(records(ask(port, "shop.allclear.test.", Type.A)));
    }
    return answers;
  }

  private static Message ask(int port, String name, int type) throws IOException {
    SimpleResolver resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    resolver.setTimeout(Duration.ofMinutes(1));
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
  }

  private static List<String> records(Message reply) {
    return reply.getSection(Section.ANSWER).stream()
        .map(record -> record.rdataToString() + " " + record.getTTL())
        .toList();
  }
}
