package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import dev.allclear.probes.propagation.Move;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who is authoritative for a name. `parent` are the zone's NS records as its parent's server `by`
/// gives them with their `glue`, empty if no server referred to the zone; `child` are those that
/// the zone's own servers give, `own` their addresses as these give them where there is glue; `ds`
/// are the parent's DS records; `servers` are all addresses of all of them, and `lost` the names
/// that have none.
public record Delegation(
    String zone,
    String by,
    List<Heard.Line> parent,
    List<Heard.Line> glue,
    List<Heard.Line> child,
    List<Heard.Line> own,
    List<Heard.Line> ds,
    List<Server> servers,
    List<String> lost) {
  public Delegation {
    parent = List.copyOf(parent);
    glue = List.copyOf(glue);
    child = List.copyOf(child);
    own = List.copyOf(own);
    ds = List.copyOf(ds);
    servers = List.copyOf(servers);
    lost = List.copyOf(lost);
  }

  /// What is wrong with it, in sentences.
  public List<String> mismatches() {
    SortedSet<String> above = names(parent);
    SortedSet<String> below = names(child);
    List<String> mismatches = new ArrayList<>();
    if (!above.isEmpty() && !below.isEmpty() && !above.equals(below)) {
      mismatches.add(mismatch(above, below));
    }
    mismatches.addAll(glued());
    lost.forEach(
        host -> mismatches.add("%s, a nameserver of %s, has no address".formatted(host, zone)));
    mismatches.addAll(oneNetwork());
    return mismatches;
  }

  Delegation with(List<Heard.Line> own) {
    return new Delegation(zone, by, parent, glue, child, own, ds, servers, lost);
  }

  /// Hosts whose glue is not what the zone says of them. Without an answer of the zone nothing is
  /// known; of a family that one of both leaves out, too.
  private List<String> glued() {
    List<String> differing = new ArrayList<>();
    for (String host : names(glue, Heard.Line::owner)) {
      for (String type : List.of("A", "AAAA")) {
        SortedSet<String> above = names(of(glue, host, type), Heard.Line::data);
        SortedSet<String> below = names(of(own, host, type), Heard.Line::data);
        if (!above.isEmpty() && !below.isEmpty() && !above.equals(below)) {
          differing.add(
              "the glue of %s at its parent is %s, but %s itself says %s"
                  .formatted(
                      host, Words.all(List.copyOf(above)), zone, Words.all(List.copyOf(below))));
        }
      }
    }
    return differing;
  }

  private static List<Heard.Line> of(List<Heard.Line> lines, String host, String type) {
    return lines.stream()
        .filter(line -> line.owner().equals(host) && line.type().equals(type))
        .toList();
  }

  /// They fail together, and some resolvers do not ask them again for a quarter of an hour (fact
  /// 13). One server may well be many, behind an anycast address; so may two.
  private List<String> oneNetwork() {
    SortedSet<String> networks =
        servers.stream()
            .map(server -> network(server.address().getAddress()))
            .collect(Collectors.toCollection(TreeSet::new));
    return servers.size() > 1 && networks.size() == 1 && !by.isEmpty()
        ? List.of(
            "all authorities of %s are in one network, %s: if that fails, all fail, and some"
                    .formatted(zone, networks.getFirst())
                + " resolvers do not ask them again for 15m after it is back")
        : List.of();
  }

  private static String network(InetAddress address) {
    return Subnet.around(address, address instanceof Inet6Address ? 48 : 24).toString();
  }

  private String mismatch(SortedSet<String> above, SortedSet<String> below) {
    return "the delegation of %s does not match: its parent names %s, the zone itself %s"
        .formatted(zone, Words.all(List.copyOf(above)), Words.all(List.copyOf(below)));
  }

  /// How long a move to other nameservers may take to be seen: caches follow the parent's records
  /// or the zone's, and the parent's DS.
  public Duration move() {
    return Stream.of(parent, child, ds)
        .flatMap(List::stream)
        .map(Heard.Line::ttl)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /// The same with the record that decides.
  public Move asMove() {
    Duration longest = move();
    String link =
        lasts(parent, longest)
            ? zone + " NS at its parent"
            : lasts(ds, longest) ? zone + " DS at its parent" : zone + " NS in the zone itself";
    return new Move(link, longest);
  }

  private static boolean lasts(List<Heard.Line> lines, Duration ttl) {
    return lines.stream().anyMatch(line -> line.ttl().equals(ttl));
  }

  private static SortedSet<String> names(List<Heard.Line> servers) {
    return names(servers, Walk::target);
  }

  private static SortedSet<String> names(
      List<Heard.Line> lines, Function<Heard.Line, String> name) {
    return lines.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
  }
}
