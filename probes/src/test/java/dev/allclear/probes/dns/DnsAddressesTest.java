package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.dns.Nameserver.Answer;
import dev.allclear.probes.dns.Nameserver.Handler;
import dev.allclear.probes.dns.Nameserver.Resource;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DnsAddressesTest {
  private static final Handler DENIES = _ -> new Answer("NXDOMAIN", false, List.of());
  private static final Handler FAILS = _ -> new Answer("SERVFAIL", false, List.of());

  private final Wire wire = Wire.open(new RealClock());

  @AfterEach
  void close() {
    wire.close();
  }

  @TempDir Path folder = Path.of("");

  @Test
  void givesIpv4BeforeIpv6() throws IOException {
    Handler both =
        question ->
            question.type().equals("A")
                ? answer(question, "192.0.2.2", "192.0.2.1")
                : answer(question, "2001:db8::1");
    assertEquals(List.of("192.0.2.1", "192.0.2.2", "2001:db8::1"), resolve(both, "shop.test"));
  }

  @Test
  void followsCnames() throws IOException {
    Handler alias =
        question ->
            question.type().equals("A")
                ? new Answer(
                    "NOERROR",
                    false,
                    List.of(
                        new Resource("shop.test", "CNAME", Duration.ofSeconds(5), "lb.test"),
                        new Resource("lb.test", "A", Duration.ofSeconds(5), "192.0.2.1")))
                : answer(question);
    assertEquals(List.of("192.0.2.1"), resolve(alias, "shop.test"));
  }

  @Test
  void needsOnlyOneFamily() throws IOException {
    Handler half =
        question ->
            question.type().equals("A")
                ? new Answer("SERVFAIL", false, List.of())
                : answer(question, "2001:db8::1");
    assertEquals(List.of("2001:db8::1"), resolve(half, "shop.test"));
  }

  @Test
  void asksNobodyForAddressesAndLocalhost() throws IOException {
    assertEquals(List.of("192.0.2.7"), resolve(FAILS, "192.0.2.7"));
    assertEquals(List.of("2001:db8::7"), resolve(FAILS, "2001:db8::7"));
    assertEquals(List.of("127.0.0.1", "::1"), resolve(FAILS, "LocalHost"));
    assertEquals(List.of("127.0.0.1", "::1"), resolve(FAILS, "shop.localhost"));
  }

  @Test
  void saysWhichResolverGaveNoAddressAndWhy() throws IOException {
    assertRefused(DENIES, "shop.test", "%s answered NXDOMAIN for shop.test");
    assertRefused(FAILS, "shop.test", "%s answered SERVFAIL for shop.test");
    assertRefused(DnsAddressesTest::answer, "shop.test", "%s has no address for shop.test");
    assertRefused(_ -> null, "shop.test", "no answer from %s within 2s for shop.test");
    assertRefused(FAILS, "a..b", "`a..b` is not a DNS name");
  }

  @Test
  void systemReadsHostsFirst() throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.writeString(
        hosts, "# 1.1.1.1 shop.test\n192.0.2.5\tSHOP.test shop # ours\n::5 shop.test\nx shop\n");
    Addresses system = new SystemAddresses(hosts, folder.resolve("none"), 1, wire);
    assertEquals(List.of("192.0.2.5", "::5"), shown(system.of("shop.test")));
    assertEquals(List.of("192.0.2.5"), shown(system.of("shop")));
  }

  @Test
  void systemAsksTheNextResolverUnlessOneDenies() throws IOException {
    Handler knows = question -> answer(question, "192.0.2.1");
    assertEquals(List.of("192.0.2.1"), system(FAILS, knows));
  }

  @Test
  void systemBelievesAResolverThatDenies() throws IOException {
    List<String> asked = new ArrayList<>();
    assertEquals(
        List.of("127.0.0.2:PORT answered NXDOMAIN for shop.test"),
        system(
            DENIES,
            question -> {
              asked.add(question.name());
              return answer(question, "192.0.2.1");
            }));
    assertEquals(List.of(), asked);
  }

  @Test
  void systemTellsTheLastReason() throws IOException {
    assertEquals(List.of("127.0.0.3:PORT answered SERVFAIL for shop.test"), system(FAILS, FAILS));
  }

  @Test
  void systemReadsTheResolversAsTheyAreWritten() throws IOException {
    Path conf = folder.resolve("resolv.conf");
    Files.writeString(
        conf, "search test\n; nameserver 1.1.1.1\nnameserver 192.0.2.53\nnameserver ::1 # us\n");
    assertEquals(
        List.of("192.0.2.53:53", "[::1]:53"),
        new SystemAddresses(folder.resolve("none"), conf, 53, wire)
            .resolvers().stream().map(Server::toString).toList());
    assertEquals(
        List.of("127.0.0.1:53"),
        new SystemAddresses(conf, folder.resolve("none"), 53, wire)
            .resolvers().stream().map(Server::toString).toList());
  }

  @Test
  void systemSaysWhatItCannotRead() {
    Addresses system = new SystemAddresses(folder, folder, 53, wire);
    UnknownHostException refused =
        assertThrows(UnknownHostException.class, () -> system.of("shop.test"));
    assertEquals("cannot read " + folder + ": Is a directory", refused.getMessage());
  }

  private List<String> resolve(Handler handler, String host) throws IOException {
    try (Nameserver nameserver = Nameserver.start(anyPort(), handler)) {
      return shown(new DnsAddresses(obeys(nameserver), wire).of(host));
    }
  }

  private void assertRefused(Handler handler, String host, String message) throws IOException {
    try (Nameserver nameserver = Nameserver.start(anyPort(), handler)) {
      Server obeys = obeys(nameserver);
      Addresses addresses = new DnsAddresses(obeys, wire);
      assertEquals(
          message.formatted(obeys),
          assertThrows(UnknownHostException.class, () -> addresses.of(host)).getMessage());
    }
  }

  /// With two resolvers, 127.0.0.2 and 127.0.0.3, on one port.
  private List<String> system(Handler first, Handler second) throws IOException {
    try (Nameserver one = Nameserver.start(new InetSocketAddress("127.0.0.2", 0), first);
        Nameserver _ =
            Nameserver.start(new InetSocketAddress("127.0.0.3", one.address().getPort()), second)) {
      Path conf = folder.resolve("resolv.conf");
      Files.writeString(conf, "nameserver 127.0.0.2\nnameserver 127.0.0.3\n");
      int port = one.address().getPort();
      try {
        return shown(new SystemAddresses(folder.resolve("none"), conf, port, wire).of("shop.test"));
      } catch (UnknownHostException refused) {
        return List.of(String.valueOf(refused.getMessage()).replace(":" + port, ":PORT"));
      }
    }
  }

  private static Answer answer(Question question, String... data) {
    List<Resource> records = new ArrayList<>();
    for (String one : data) {
      if (question.type().equals("A") == (one.indexOf(':') < 0)) {
        records.add(new Resource(question.name(), question.type(), Duration.ofSeconds(5), one));
      }
    }
    return new Answer("NOERROR", false, records);
  }

  private static List<String> shown(List<InetAddress> addresses) {
    return addresses.stream().map(Literal::show).toList();
  }

  private static Server obeys(Nameserver nameserver) {
    return new Server("obeys", nameserver.address(), Server.Transport.UDP, false);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
