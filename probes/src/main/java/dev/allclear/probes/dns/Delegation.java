package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import dev.allclear.probes.propagation.Move;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who is authoritative for a name. `parent` are the zone's NS records as its parent's server `by`
/// gives them with their `glue`, empty if no server referred to the zone; `child` are those that
/// the zone's own servers give; `ds` is the TTL of the parent's DS records, null if it has none;
/// `servers` are all addresses of all of them, and `lost` the names that have none.
public record Delegation(
    String zone,
    String by,
    List<Heard.Line> parent,
    List<Heard.Line> glue,
    List<Heard.Line> child,
    @Nullable Duration ds,
    List<Server> servers,
    List<String> lost) {
  public Delegation {
    parent = List.copyOf(parent);
    glue = List.copyOf(glue);
    child = List.copyOf(child);
    servers = List.copyOf(servers);
    lost = List.copyOf(lost);
  }

  /// What is wrong with it, in sentences.
  public List<String> mismatches() {
    SortedSet<String> above = names(parent);
    SortedSet<String> below = names(child);
    boolean known = !above.isEmpty() && !below.isEmpty();
    List<String> lame =
        lost.stream().map(host -> host + ", a nameserver of " + zone + ", has no address").toList();
    return known && !above.equals(below) ? both(mismatch(above, below), lame) : lame;
  }

  private static List<String> both(String first, List<String> others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }

  private String mismatch(SortedSet<String> above, SortedSet<String> below) {
    return "the delegation of %s does not match: its parent names %s, the zone itself %s"
        .formatted(zone, Words.all(List.copyOf(above)), Words.all(List.copyOf(below)));
  }

  /// How long a move to other nameservers may take to be seen: caches follow the parent's records
  /// or the zone's, and the parent's DS.
  public Duration move() {
    Duration longest = ds == null ? Duration.ZERO : ds;
    for (Heard.Line line : both(parent, child)) {
      longest = line.ttl().compareTo(longest) > 0 ? line.ttl() : longest;
    }
    return longest;
  }

  /// The same with the record that decides.
  public Move asMove() {
    Duration longest = move();
    String link =
        parent.stream().anyMatch(line -> line.ttl().equals(longest))
            ? zone + " NS at its parent"
            : longest.equals(ds) ? zone + " DS" : zone + " NS in the zone itself";
    return new Move(link, longest);
  }

  private static List<Heard.Line> both(List<Heard.Line> parent, List<Heard.Line> child) {
    return Stream.concat(parent.stream(), child.stream()).toList();
  }

  private static SortedSet<String> names(List<Heard.Line> servers) {
    return servers.stream().map(Walk::target).collect(Collectors.toCollection(TreeSet::new));
  }
}
