package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Heard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DelegationTest {
  private static final List<Heard.Line> NONE = List.of();

  private static List<Heard.Line> ns(int ttl, String... hosts) {
    return Arrays.stream(hosts).map(host -> line("shop.test", "NS", ttl, host + ".")).toList();
  }

  private static Heard.Line line(String owner, String type, int ttl, String data) {
    return new Heard.Line(owner, type, Duration.ofSeconds(ttl), data);
  }

  private static List<Server> servers(String... addresses) {
    return Arrays.stream(addresses)
        .map(address ->
            Server.authorityAt(
                "ns", new InetSocketAddress(InetAddress.ofLiteral(address), Server.DNS_PORT)))
        .toList();
  }

  private static Delegation found(
      List<Heard.Line> parent,
      List<Heard.Line> glue,
      List<Heard.Line> child,
      List<Heard.Line> own,
      List<Heard.Line> ds,
      List<Server> servers) {
    return new Delegation("shop.test", "a.test", parent, glue, child, own, ds, servers, List.of());
  }

  @Test
  void nothingIsWrongWhereBothSayTheSame() {
    List<Heard.Line> address = List.of(line("ns1.shop.test", "A", 60, "192.0.2.1"));
    List<Heard.Line> names = ns(60, "ns1.shop.test", "ns2.example");
    Delegation found =
        found(names, address, names, address, NONE, servers("192.0.2.1", "198.51.100.1"));
    assertEquals(List.of(), found.mismatches());
  }

  @Test
  void saysThatTheParentNamesOthersThanTheZone() {
    assertEquals(
        List.of(
            "the delegation of shop.test does not match: its parent names ns1.shop.test, the zone"
                + " itself ns1.shop.test and ns2.shop.test"),
        found(
                ns(60, "ns1.shop.test"),
                NONE,
                ns(60, "ns1.shop.test", "ns2.shop.test"),
                NONE,
                NONE,
                List.of())
            .mismatches());
  }

  @Test
  void saysThatTheGlueIsNotWhatTheZoneSays() {
    List<Heard.Line> names = ns(60, "ns1.shop.test");
    assertEquals(
        List.of(
            "the glue of ns1.shop.test at its parent is 192.0.2.1, but shop.test itself says"
                + " 192.0.2.9"),
        found(
                names,
                List.of(line("ns1.shop.test", "A", 60, "192.0.2.1")),
                names,
                List.of(
                    line("ns1.shop.test", "A", 60, "192.0.2.9"),
                    line("ns1.shop.test", "AAAA", 60, "2001:db8::9")),
                NONE,
                List.of())
            .mismatches());
  }

  @Test
  void saysThatAllAuthoritiesMayFailTogether() {
    List<Heard.Line> names = ns(60, "ns1.example");
    assertEquals(
        List.of(
            "all authorities of shop.test are in one network, 192.0.2.0/24: if that fails, all"
                + " fail, and some resolvers do not ask them again for 15m after it is back"),
        found(names, NONE, names, NONE, NONE, servers("192.0.2.1", "192.0.2.200")).mismatches());
    assertEquals(
        List.of(),
        found(names, NONE, names, NONE, NONE, servers("192.0.2.1", "2001:db8::1")).mismatches());
  }

  @Test
  void aMoveTakesAsLongAsTheLongestOfBothSidesAndTheDs() {
    List<Heard.Line> ds = List.of(line("shop.test", "DS", 7200, "1 13 2 00"));
    assertEquals(
        Duration.ofHours(2), found(ns(3600, "a"), NONE, ns(60, "a"), NONE, ds, List.of()).move());
    assertEquals(
        Duration.ofHours(1), found(ns(3600, "a"), NONE, ns(60, "a"), NONE, NONE, List.of()).move());
  }
}
