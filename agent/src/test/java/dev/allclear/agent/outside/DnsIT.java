package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `allclear dns` compares a real authority with a real cache in front of it.
final class DnsIT {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";

  @TempDir private Path folder;

  @Test
  void tellsAgreementFromACacheThatStillHoldsTheOldAnswer()
      throws IOException, InterruptedException {
    try (Knot knot = Knot.start(folder, OLD);
        Unbound unbound = Unbound.start(folder, knot.port())) {
      String[] arguments = {
        "dns",
        Knot.NAME,
        "A",
        "--resolver",
        knot.address(),
        "--resolver",
        unbound.address(),
        "--timeout",
        "20s"
      };
      Finished same = Binary.run(folder, arguments);
      assertEquals(0, same.code(), same::toString);
      assertTrue(same.out().contains(OLD) && same.out().contains("300"), same::toString);

      knot.change(NEW);
      Finished different = Binary.run(folder, arguments);
      assertEquals(1, different.code(), different::toString);
      assertTrue(different.out().contains(OLD), different::toString);
      assertTrue(different.out().contains(NEW), different::toString);
    }
  }

  @Test
  void saysTheSameToMachines() throws IOException, InterruptedException {
    try (Knot knot = Knot.start(folder, OLD);
        Unbound unbound = Unbound.start(folder, knot.port())) {
      String[] arguments = {
        "dns",
        Knot.NAME,
        "A",
        "--resolver",
        knot.address(),
        "--resolver",
        unbound.address(),
        "--timeout",
        "20s",
        "--json"
      };
      Finished same = Binary.run(folder, arguments);
      assertEquals(0, same.code(), same::toString);
      assertTrue(Web.json(same.out()).toString().contains(OLD), same::toString);

      knot.change(NEW);
      Finished different = Binary.run(folder, arguments);
      assertEquals(1, different.code(), different::toString);
      String json = Web.json(different.out()).toString();
      assertTrue(json.contains(OLD) && json.contains(NEW), different::toString);
    }
  }

  @Test
  void findsTheAuthoritiesAlongTheDelegationAndSaysWhatIsWrongWithIt()
      throws IOException, InterruptedException {
    try (Knot knot = Knot.start(folder, OLD);
        ParentZone _ = ParentZone.start(folder, knot.port());
        Unbound unbound =
            Unbound.start(
                folder,
                Unbound.stub("test.", ParentZone.ADDRESS, knot.port())
                    + Unbound.stub("shop.test.", "127.0.0.1", knot.port()))) {
      String port = Integer.toString(knot.port());
      String[] arguments = {
        "dns",
        Knot.NAME,
        "--resolver",
        unbound.address(),
        "--authority-port",
        port,
        "--rto",
        "2m",
        "--timeout",
        "20s"
      };
      Finished slow = Binary.run(folder, arguments);
      assertEquals(1, slow.code(), slow::toString);
      assertSays("agreed: all 3 say the same", slow);
      assertSays("zone: shop.test, which ns.test at 127.0.0.2 delegates;", slow);
      assertSays(
          "the delegation of shop.test does not match: its parent names ns1.shop.test and"
              + " ns2.shop.test, the zone itself ns1.shop.test",
          slow);
      assertSays("app.shop.test A decides (5m)", slow);
      assertSays(
          "feasible for 40 %: an RTO of 2m is missed by up to 3m01s; a TTL of 119s or less would do",
          slow);

      knot.change(NEW);
      Finished old = Binary.run(folder, arguments);
      assertSays("no agreement - " + unbound.address() + " still says " + OLD + ", for at", old);
    }
  }

  @Test
  void saysOfADeniedNameWhoDeniesItAndForHowLong() throws IOException, InterruptedException {
    try (Knot knot = Knot.start(folder, OLD);
        Unbound unbound = Unbound.start(folder, knot.port())) {
      String[] arguments = {
        "dns", "nope.shop.test", "-a", knot.address(), "-r", unbound.address(), "--timeout", "20s"
      };
      Instant begun = Instant.now();
      Finished denied = Binary.run(folder, arguments);
      long most = Duration.between(begun, Instant.now()).toSeconds() + 1;
      assertEquals(1, denied.code(), denied::toString);
      assertSays("no such name: every server says so", denied);
      assertSays(
          knot.address()
              + " says that nope.shop.test does not exist (NXDOMAIN), which caches may remember for"
              + " 20s",
          denied);
      String says =
          unbound.address()
              + " says that nope.shop.test does not exist (NXDOMAIN), and may go on to for at most ";
      assertSays(says, denied);
      String text = text(denied);
      String[] rest = text.substring(text.indexOf(says) + says.length()).split("s, until", 2);
      long left = Long.parseLong(rest[0]);
      assertTrue(21 - most <= left && left <= 21, denied::toString);
    }
  }

  @Test
  void saysOfAFailureWhoFails() throws IOException, InterruptedException {
    try (Knot knot = Knot.start(folder, OLD);
        Unbound unbound =
            Unbound.start(folder, Unbound.stub("other.test.", "127.0.0.1", knot.port()))) {
      Finished failed =
          Binary.run(folder, "dns", "app.other.test", "-r", unbound.address(), "--timeout", "20s");
      assertEquals(1, failed.code(), failed::toString);
      assertSays(
          unbound.address()
              + " cannot resolve app.other.test A (SERVFAIL): no authority answers it as it should",
          failed);
    }
  }

  @Test
  void tellsAResolverThatReachesNobodyFromOneThatIsNotThere()
      throws IOException, InterruptedException {
    try (DatagramSocket silent =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        DatagramSocket dead =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Unbound lonely =
            Unbound.start(folder, Unbound.stub("shop.test.", "127.0.0.1", dead.getLocalPort()))) {
      Finished alive =
          Binary.run(folder, "dns", Knot.NAME, "-r", lonely.address(), "--timeout", "6s");
      assertEquals(1, alive.code(), alive::toString);
      assertSays(
          "no answer from %s within 6s: it is there, but no forwarder or authority answers it"
              .formatted(lonely.address()),
          alive);

      String firewalled = "127.0.0.1:" + silent.getLocalPort();
      Finished dropped = Binary.run(folder, "dns", Knot.NAME, "-r", firewalled);
      assertEquals(1, dropped.code(), dropped::toString);
      assertSays(
          "no answer from %s within 2s: a firewall drops what is sent there, or nothing is there"
              .formatted(firewalled),
          dropped);
    }
  }

  @Test
  void saysOfAClosedPortThatNothingListens() throws IOException, InterruptedException {
    String closed = "127.0.0.1:" + Ports.free();
    Finished refused = Binary.run(folder, "dns", Knot.NAME, "-r", closed);
    assertEquals(1, refused.code(), refused::toString);
    assertSays("cannot reach " + closed + ": port unreachable: nothing listens there", refused);
  }

  /// However the lines are broken.
  private static void assertSays(String sentence, Finished finished) {
    assertTrue(text(finished).contains(sentence), () -> sentence + " is not in " + finished);
  }

  private static String text(Finished finished) {
    return finished.out().replaceAll("\\s+", " ");
  }
}
