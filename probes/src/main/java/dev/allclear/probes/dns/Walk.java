package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the authorities of a name. Resolvers are asked only for a zone above it, for the highest
/// that they know, and for addresses of nameservers: to ask them for the name would fill the caches
/// that are to be looked at. From there on each zone's servers tell of the next. With `roots` no
/// resolver is needed.
final class Walk {
  private static final int DEEPEST = 16;
  private static final int MOST_TRIED = 3;
  private static final int MOST_HOSTS = 13;
  private static final int MOST_SERVERS = 32;

  private final Lookup lookup;
  private final List<Server> resolvers;
  private final List<Server> roots;
  private final int port;

  /// Authorities are asked at `port`, those of the root, if there are any, at their own.
  Walk(Lookup lookup, List<Server> resolvers, List<Server> roots, int port) {
    this.lookup = lookup;
    this.resolvers = List.copyOf(resolvers);
    this.roots = List.copyOf(roots);
    this.port = port;
  }

  /// @throws UnknownHostException that says where the way ended
  Delegation to(String name) throws UnknownHostException {
    Delegation zone = start(name);
    for (int depth = 0; depth < DEEPEST; depth++) {
      StepRun said = first(new Question(name, "SOA"), zone.servers());
      Heard.Referral referral = referral(said, zone.zone(), name);
      if (said == null && zone.by().isEmpty()) {
        throw new UnknownHostException(outOfReach(zone));
      }
      if (said == null || referral == null) {
        return settled(zone);
      }
      zone = below(zone, said, referral);
    }
    throw new UnknownHostException(
        "more than " + DEEPEST + " delegations on the way to the authorities of " + name);
  }

  /// Many networks let nobody but their resolvers ask, so that this proves nothing. Where the
  /// parent answers, the zone's own servers are to blame.
  private String outOfReach(Delegation zone) {
    List<String> names = zone.servers().stream().map(Server::name).limit(MOST_TRIED).toList();
    return names.isEmpty()
        ? "no nameserver of %s has an address".formatted(zone.zone())
        : "%s answers nothing on port %d from here, for %s"
            .formatted(
                names.size() == 1 ? names.getFirst() : "none of " + Words.all(names),
                port,
                zone.zone());
  }

  /// The root, or the highest zone that the resolvers know, or the name itself, which may be one.
  private Delegation start(String name) throws UnknownHostException {
    if (!roots.isEmpty()) {
      return new Delegation(
          ".", "", List.of(), List.of(), List.of(), List.of(), List.of(), roots, List.of());
    }
    for (String ancestor : ancestors(name)) {
      // Who is to be asked is wanted even where validation fails.
      StepRun said = first(new Question(ancestor, "NS"), resolvers, Asking.Wish.UNCHECKED);
      List<Heard.Line> servers = lines(said, ancestor, "NS");
      if (!servers.isEmpty()) {
        return zone(ancestor, "", List.of(), List.of(), servers, List.of());
      }
    }
    throw new UnknownHostException("no resolver names the authorities of " + name);
  }

  /// From the top: `example`, `shop.example`, `www.shop.example`.
  private static List<String> ancestors(String name) {
    List<String> labels = List.of(name.split("\\."));
    return Stream.iterate(labels.size() - 1, at -> at >= 0, at -> at - 1)
        .map(at -> String.join(".", labels.subList(at, labels.size())))
        .toList();
  }

  private Delegation below(Delegation above, StepRun said, Heard.Referral referral) {
    StepRun signer = first(new Question(referral.zone(), "DS"), above.servers());
    List<Heard.Line> ds = lines(signer, referral.zone(), "DS");
    return zone(referral.zone(), said.name(), referral.servers(), referral.glue(), List.of(), ds);
  }

  /// With the zone's own NS records, the servers that only these name, and the addresses that the
  /// zone itself gives to those in it.
  private Delegation settled(Delegation found) {
    StepRun own = first(new Question(found.zone(), "NS"), found.servers());
    List<Heard.Line> child = lines(own, found.zone(), "NS");
    if (child.isEmpty()) {
      return found;
    }
    return zone(found.zone(), found.by(), found.parent(), found.glue(), child, found.ds())
        .with(own(found, child));
  }

  /// What the zone says of its nameservers in it that have glue.
  private List<Heard.Line> own(Delegation found, List<Heard.Line> child) {
    List<Question> questions =
        child.stream()
            .limit(MOST_HOSTS)
            .map(Walk::target)
            .filter(host -> within(host, found.zone()) && Question.isName(host))
            .filter(host -> found.glue().stream().anyMatch(glue -> glue.owner().equals(host)))
            .flatMap(host -> Stream.of(new Question(host, "A"), new Question(host, "AAAA")))
            .toList();
    for (Server server : found.servers().stream().limit(MOST_TRIED).toList()) {
      List<Heard.Line> lines =
          lookup.ask(questions, server).stream()
              .flatMap(step -> addresses(step.reply()).stream())
              .toList();
      if (!lines.isEmpty()) {
        return lines;
      }
    }
    return List.of();
  }

  private static List<Heard.Line> addresses(Reply reply) {
    return reply instanceof Reply.Dns dns ? dns.heard().lines() : List.of();
  }

  private Delegation zone(
      String zone,
      String by,
      List<Heard.Line> parent,
      List<Heard.Line> glue,
      List<Heard.Line> child,
      List<Heard.Line> ds) {
    Set<String> hosts = new LinkedHashSet<>();
    parent.stream().limit(MOST_HOSTS).forEach(line -> hosts.add(target(line)));
    child.stream().limit(MOST_HOSTS).forEach(line -> hosts.add(target(line)));
    List<Server> servers = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (String host : hosts) {
      List<InetAddress> addresses = addresses(host, glue);
      addresses.forEach(
          address -> servers.add(Server.authorityAt(host, new InetSocketAddress(address, port))));
      if (addresses.isEmpty()) {
        lost.add(host);
      }
    }
    return new Delegation(
        zone,
        by,
        parent,
        glue,
        child,
        List.of(),
        ds,
        servers.stream().limit(MOST_SERVERS).toList(),
        lost);
  }

  private List<InetAddress> addresses(String host, List<Heard.Line> glue) {
    List<InetAddress> glued =
        glue.stream()
            .filter(line -> line.owner().equals(host))
            .map(line -> Literal.parse(line.data()))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return glued.isEmpty() ? resolved(host) : glued;
  }

  private List<InetAddress> resolved(String host) {
    for (Server resolver : resolvers) {
      try {
        return lookup.addresses(host, resolver);
      } catch (UnknownHostException _) {
        // The next may know.
      }
    }
    return List.of();
  }

  private @Nullable StepRun first(Question question, List<Server> servers) {
    return first(question, servers, Asking.Wish.NOTHING);
  }

  /// The first that says something, of the first few; null if none does.
  private @Nullable StepRun first(Question question, List<Server> servers, Asking.Wish wish) {
    return servers.stream()
        .limit(MOST_TRIED)
        .map(server -> lookup.ask(question, List.of(server), wish).getFirst())
        .filter(step -> step.reply() instanceof Reply.Dns dns && speaks(dns))
        .findFirst()
        .orElse(null);
  }

  private static boolean speaks(Reply.Dns dns) {
    return dns.rcode().equals("NOERROR") || dns.rcode().equals("NXDOMAIN");
  }

  /// To a zone further down the way, since one that leads back would lead around for ever.
  private static Heard.@Nullable Referral referral(
      @Nullable StepRun said, String from, String name) {
    if (said == null || !(said.reply() instanceof Reply.Dns dns)) {
      return null;
    }
    Heard.Referral referral = dns.heard().referral();
    boolean onTheWay =
        referral != null
            && within(name, referral.zone())
            && within(referral.zone(), from)
            && !referral.zone().equals(from);
    return onTheWay ? referral : null;
  }

  private static boolean within(String name, String zone) {
    return zone.equals(".") || name.equals(zone) || name.endsWith("." + zone);
  }

  private static List<Heard.Line> lines(@Nullable StepRun said, String owner, String type) {
    return said != null && said.reply() instanceof Reply.Dns dns
        ? dns.heard().lines().stream()
            .filter(line -> line.type().equals(type) && line.owner().equals(owner))
            .toList()
        : List.of();
  }

  /// The name that an NS or CNAME record leads to, as questions show it.
  static String target(Heard.Line line) {
    String name = line.data();
    return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
