package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Nameserver.Answer;
import dev.allclear.probes.dns.Nameserver.Handler;
import dev.allclear.probes.dns.Nameserver.Resource;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class LookupTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Question SHOP = new Question("shop.test", "A");
  private static final Duration LONG = Duration.ofSeconds(20);

  /// Tried in turn: a slow machine may need more than the first to hear what is said in time.
  private static final List<Duration> LIMITS =
      List.of(Duration.ofMillis(150), Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final RealClock clock = new RealClock();
  private final Wire wire = Wire.open(clock);

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void tellsRecordsTtlAndLatencyInTheOrderOfTheServers() throws IOException {
    try (Nameserver one = Nameserver.start(ANY_PORT, _ -> a("192.0.2.2", "192.0.2.1"));
        Nameserver two = Nameserver.start(ANY_PORT, _ -> a("198.51.100.1"))) {
      Moment before = clock.now();
      List<StepRun> steps =
          new Lookup(LONG, wire).ask(SHOP, List.of(server("one", one), server("two", two)));
      Moment after = clock.now();
      assertEquals(List.of("one", "two"), steps.stream().map(StepRun::name).toList());
      assertEquals(Outcome.pass(), steps.getFirst().outcome());
      Reply.Dns reply = assertInstanceOf(Reply.Dns.class, steps.getFirst().reply());
      assertEquals(List.of("192.0.2.1", "192.0.2.2"), reply.records());
      assertEquals(Duration.ofSeconds(5), reply.ttl());
      assertEquals("NOERROR", reply.rcode());
      assertEquals(steps.getFirst().length(), reply.latency());
      assertFalse(steps.getFirst().begin().isBefore(before));
      assertFalse(after.isBefore(steps.getFirst().end()));
    }
  }

  @Test
  void asksResolversToRecurseAndAuthoritiesNotTo() throws IOException {
    List<Boolean> recursion = Collections.synchronizedList(new ArrayList<>());
    try (HostileServer server =
        HostileServer.overUdp(query -> {
          recursion.add(query.getHeader().getFlag(Flags.RD));
          assertEquals(1232, query.getOPT().getPayloadSize());
          return List.of(HostileServer.reply(query).toWire());
        })) {
      Lookup lookup = new Lookup(LONG, wire);
      lookup.ask(SHOP, List.of(server.as("resolver")));
      lookup.ask(SHOP, List.of(server.as("authority").asAuthority()));
      assertEquals(List.of(true, false), recursion);
    }
  }

  @Test
  void followsTheChainAndTakesTheSmallestTtlOnIt() throws IOException {
    Answer answer =
        new Answer(
            "NOERROR",
            false,
            List.of(
                new Resource("Shop.test", "CNAME", Duration.ofSeconds(12), "LB.test"),
                new Resource("other.test", "A", Duration.ofSeconds(1), "203.0.113.9"),
                new Resource("lb.test", "TXT", Duration.ofSeconds(1), "hello"),
                new Resource("lb.test", "CNAME", Duration.ofSeconds(7), "eu.lb.test"),
                new Resource("eu.lb.test", "A", Duration.ofSeconds(30), "192.0.2.1")));
    Reply.Dns reply = answered(SHOP, answer);
    assertEquals(List.of("192.0.2.1", "CNAME eu.lb.test.", "CNAME lb.test."), reply.records());
    assertEquals(Duration.ofSeconds(7), reply.ttl());
  }

  @Test
  void showsDataInOneForm() throws IOException {
    assertEquals(List.of("2001:db8::1"), records("AAAA", "2001:DB8:0:0::1"));
    assertEquals(List.of("lb.test."), records("CNAME", "LB.Test"));
    assertEquals(List.of("10 mail.test."), records("MX", "10 Mail.test"));
    assertEquals(List.of("\"Hello World\""), records("TXT", "\"Hello World\""));
    assertEquals(List.of("0 issue \"ca.test\""), records("CAA", "0 issue \"ca.test\""));
  }

  @Test
  void passesAnEmptyAnswer() throws IOException {
    Reply.Dns reply = answered(SHOP, new Answer("NOERROR", true, List.of()));
    assertEquals(List.of(), reply.records());
    assertEquals(Duration.ZERO, reply.ttl());
  }

  @Test
  void namesTheRcodeOfARefusal() throws IOException {
    for (String rcode : List.of("SERVFAIL", "REFUSED", "NXDOMAIN")) {
      try (Nameserver server =
          Nameserver.start(ANY_PORT, _ -> new Answer(rcode, false, List.of()))) {
        StepRun step = ask(LONG, server("obeys", server));
        assertEquals(Outcome.fail(Cause.DNS, "obeys answered " + rcode), step.outcome());
        assertEquals(rcode, assertInstanceOf(Reply.Dns.class, step.reply()).rcode());
      }
    }
  }

  @Test
  void readsARefusalThatLeavesTheQuestionOut() throws IOException {
    try (HostileServer server =
        HostileServer.overUdp(query -> {
          Message bare = new Message(query.getHeader().getID());
          bare.getHeader().setFlag(Flags.QR);
          bare.getHeader().setRcode(1);
          return List.of(bare.toWire());
        })) {
      assertEquals(
          Outcome.fail(Cause.DNS, "obeys answered FORMERR"),
          ask(LONG, server.as("obeys")).outcome());
    }
  }

  @Test
  void timesOutEachServerForItself() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    Handler hangs =
        _ -> {
          try {
            never.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return null;
        };
    try (Nameserver silent = Nameserver.start(ANY_PORT, hangs);
        Nameserver well = Nameserver.start(ANY_PORT, _ -> a("192.0.2.1"))) {
      Server obeys = server("obeys", silent);
      List<StepRun> steps =
          timedOut(
              limit -> {
                String silence =
                    "no answer from %s within %s".formatted(obeys, Figures.written(limit));
                Outcome late = Outcome.fail(Cause.TIMEOUT, silence);
                return List.of(late, Outcome.pass(), late);
              },
              obeys,
              server("well", well),
              tcp(obeys));
      assertEquals(Reply.nothing(), steps.getFirst().reply());
    }
  }

  @Test
  void noticesAClosedPort() throws IOException {
    try (DatagramSocket udp = new DatagramSocket(ANY_PORT);
        Socket tcp = new Socket()) {
      // Both have the port to themselves and hear nothing on it, one since it is connected to
      // somebody else, the other since it does not listen.
      udp.connect(new InetSocketAddress(udp.getLocalAddress(), 9));
      tcp.bind(udp.getLocalSocketAddress());
      Server gone = Server.parse("gone", "127.0.0.1:" + tcp.getLocalPort());
      String unreachable = "cannot reach " + gone + ": ";
      assertEquals(
          Outcome.fail(Cause.CONNECT, unreachable + "port unreachable"), ask(LONG, gone).outcome());
      assertEquals(
          Outcome.fail(Cause.CONNECT, unreachable + "Connection refused"),
          ask(LONG, tcp(gone)).outcome());
    }
  }

  @Test
  void fetchesATruncatedAnswerOverTcp() throws IOException {
    List<Resource> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(new Resource("shop.test", "A", Duration.ofSeconds(5), "192.0.2." + i));
    }
    assertEquals(200, answered(SHOP, new Answer("NOERROR", true, many)).records().size());
  }

  @Test
  void waitsForTheRightIdAmongWrongOnes() throws IOException {
    try (HostileServer server =
        HostileServer.overUdp(query ->
            List.of(
                wrongId(query),
                new byte[0],
                new byte[] {1},
                withAddress(query, "192.0.2.1").toWire()))) {
      StepRun step = ask(LONG, server.as("obeys"));
      assertEquals(Outcome.pass(), step.outcome());
      assertEquals(List.of("192.0.2.1"), assertInstanceOf(Reply.Dns.class, step.reply()).records());
    }
  }

  @Test
  void waitsInVainForAnAnswerToItsQuestion() throws IOException {
    assertOnly("packets with a wrong id (2)", query -> List.of(wrongId(query), wrongId(query)));
    assertOnly("malformed packets (1)", query -> List.of(new byte[] {idHigh(query), idLow(query)}));
    assertOnly(
        "packets that are no answers (2)",
        query -> {
          Message update = HostileServer.reply(query);
          update.getHeader().setOpcode(Opcode.UPDATE);
          return List.of(query.toWire(), update.toWire());
        });
    assertOnly("answers to another question (1)", query -> List.of(other(query).toWire()));
    assertOnly(
        "packets with a wrong id (1) and answers to another question (1)",
        query -> List.of(wrongId(query), other(query).toWire()));
  }

  private void assertOnly(String strays, Function<Message, List<byte[]>> datagrams)
      throws IOException {
    try (HostileServer server = HostileServer.overUdp(datagrams)) {
      Server obeys = server.as("obeys");
      timedOut(
          limit -> {
            String sent = " sent only " + strays + " within " + Figures.written(limit);
            return List.of(Outcome.fail(Cause.PROTOCOL, obeys + sent));
          },
          obeys);
    }
  }

  @Test
  void callsBadAnswersOverUdpByTheirName() throws IOException {
    assertProtocol("a malformed answer", HostileServer.overUdp(query -> List.of(garbage(query))));
    assertProtocol(
        "a datagram of more than 4096 bytes",
        HostileServer.overUdp(query -> List.of(huge(query, 400).toWire())));
    assertProtocol(
        "a chain of more than 16 CNAMEs",
        HostileServer.overUdp(query -> List.of(loop(query).toWire())));
  }

  @Test
  void callsBadAnswersOverTcpByTheirName() throws IOException {
    assertProtocol(
        "an answer that is truncated even over TCP",
        HostileServer.overTcp(
            query -> List.of(Codec.framed(HostileServer.truncated(query).toWire()))));
    assertProtocol(
        "an answer of 3000 records",
        HostileServer.overTcp(query -> List.of(Codec.framed(huge(query, 3000).toWire()))));
    assertProtocol(
        "an answer with a wrong id",
        HostileServer.overTcp(query -> List.of(Codec.framed(wrongId(query)))));
    assertProtocol(
        "an answer with a wrong id",
        HostileServer.overTcp(_ -> List.of(Codec.framed(new byte[0]))));
    assertProtocol("no answer before the connection ended", HostileServer.overTcp(_ -> List.of()));
    assertProtocol(
        "no answer before the connection ended",
        HostileServer.overTcp(_ -> List.of(new byte[] {40, 0, 1, 2, 3})));
    assertProtocol(
        "a malformed answer",
        HostileServer.overTcp(query -> List.of(Codec.framed(garbage(query)))));
  }

  @Test
  void neverThrowsWhateverComes() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (HostileServer server = HostileServer.overUdp(query -> List.of(mangled(query, random)))) {
      for (int i = 0; i < 300; i++) {
        Outcome outcome = ask(Duration.ofMillis(30), server.as("obeys")).outcome();
        assertFalse(outcome instanceof Outcome.Inconclusive, () -> "seed " + seed);
      }
    }
  }

  @Test
  void isInconclusiveWhenInterrupted() throws IOException {
    try (Nameserver silent = Nameserver.start(ANY_PORT, _ -> null)) {
      Thread.currentThread().interrupt();
      StepRun step = ask(LONG, server("obeys", silent));
      assertTrue(Thread.interrupted());
      assertEquals(Outcome.inconclusive("interrupted"), step.outcome());
    }
  }

  @Test
  void stopsAskingWhenInterruptedInTheMiddle() throws IOException {
    Thread asker = Thread.currentThread();
    Handler interrupts =
        _ -> {
          asker.interrupt();
          return null;
        };
    try (Nameserver silent = Nameserver.start(ANY_PORT, interrupts)) {
      StepRun step = ask(LONG, server("obeys", silent));
      assertTrue(Thread.interrupted());
      assertEquals(Outcome.inconclusive("interrupted"), step.outcome());
    }
  }

  @Test
  void needsATimeout() {
    assertEquals(
        "timeout <= 0",
        assertThrows(IllegalArgumentException.class, () -> new Lookup(Duration.ZERO, wire))
            .getMessage());
  }

  private void assertProtocol(String sent, HostileServer server) throws IOException {
    try (server) {
      Server obeys = server.as("obeys");
      StepRun step = ask(LONG, obeys);
      assertEquals(Outcome.fail(Cause.PROTOCOL, obeys + " sent " + sent), step.outcome());
      assertEquals(Reply.nothing(), step.reply());
    }
  }

  /// Asks with one limit after another until the outcomes are what they should be with it.
  private List<StepRun> timedOut(Function<Duration, List<Outcome>> expected, Server... servers) {
    List<Outcome> last = List.of();
    for (Duration limit : LIMITS) {
      List<StepRun> steps = new Lookup(limit, wire).ask(SHOP, List.of(servers));
      last = steps.stream().map(StepRun::outcome).toList();
      if (last.equals(expected.apply(limit))) {
        assertFalse(steps.getFirst().length().compareTo(limit) < 0);
        return steps;
      }
    }
    return fail("the last outcomes were " + last);
  }

  private StepRun ask(Duration timeout, Server server) {
    return new Lookup(timeout, wire).ask(SHOP, List.of(server)).getFirst();
  }

  private Reply.Dns answered(Question question, Answer answer) throws IOException {
    try (Nameserver server = Nameserver.start(ANY_PORT, _ -> answer)) {
      StepRun step =
          new Lookup(LONG, wire).ask(question, List.of(server("obeys", server))).getFirst();
      assertEquals(Outcome.pass(), step.outcome());
      return assertInstanceOf(Reply.Dns.class, step.reply());
    }
  }

  private List<String> records(String type, String data) throws IOException {
    Resource resource = new Resource("shop.test", type, Duration.ofSeconds(5), data);
    Answer answer = new Answer("NOERROR", true, List.of(resource));
    return answered(new Question("shop.test", type), answer).records();
  }

  private static Answer a(String... addresses) {
    List<Resource> records = new ArrayList<>();
    for (String address : addresses) {
      records.add(new Resource("shop.test", "A", Duration.ofSeconds(5), address));
    }
    return new Answer("NOERROR", true, records);
  }

  private static Server server(String name, Nameserver nameserver) {
    return new Server(name, nameserver.address(), Server.Transport.UDP, false);
  }

  private static Server tcp(Server server) {
    return new Server(server.name(), server.address(), Server.Transport.TCP, server.authority());
  }

  private static Message withAddress(Message query, String address) {
    return with(query, query.getQuestion().getName(), List.of(address));
  }

  private static Message huge(Message query, int count) {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addresses.add("10.0.%d.%d".formatted(i / 256, i % 256));
    }
    return with(query, query.getQuestion().getName(), addresses);
  }

  private static Message with(Message query, Name owner, List<String> addresses) {
    Message reply = HostileServer.reply(query);
    for (String address : addresses) {
      reply.addRecord(
          new ARecord(owner, DClass.IN, 5, InetAddress.ofLiteral(address)), Section.ANSWER);
    }
    return reply;
  }

  private static Message other(Message query) {
    Record question = Record.newRecord(Name.fromConstantString("other.test."), Type.A, DClass.IN);
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.addRecord(question, Section.QUESTION);
    return reply;
  }

  private static Message loop(Message query) {
    Message reply = HostileServer.reply(query);
    Name name = query.getQuestion().getName();
    reply.addRecord(new CNAMERecord(name, DClass.IN, 5, name), Section.ANSWER);
    return reply;
  }

  private static byte[] wrongId(Message query) {
    byte[] packet = withAddress(query, "203.0.113.1").toWire();
    packet[0] ^= 1;
    return packet;
  }

  private static byte[] garbage(Message query) {
    byte[] packet = withAddress(query, "203.0.113.1").toWire();
    return Arrays.copyOf(packet, packet.length - 3);
  }

  private static byte[] mangled(Message query, Random random) {
    byte[] packet = loop(query).toWire();
    for (int i = 0; i < 4; i++) {
      packet[2 + random.nextInt(packet.length - 2)] = (byte) random.nextInt(256);
    }
    packet[2] &= ~2; // no retry over TCP
    return packet;
  }

  private static byte idHigh(Message query) {
    return query.toWire()[0];
  }

  private static byte idLow(Message query) {
    return query.toWire()[1];
  }
}
