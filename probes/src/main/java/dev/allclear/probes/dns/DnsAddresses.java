package dev.allclear.probes.dns;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.wire.Wire;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Host names resolved through one nameserver: the A records, then the AAAA records. Addresses and
/// `localhost` stand for themselves. Any thread.
public final class DnsAddresses implements Addresses {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final List<InetAddress> LOOPBACK =
      List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

  /// The server knows that there is none, so that asking another makes no sense.
  static final class NoSuchHost extends UnknownHostException {
    private static final long serialVersionUID = 1;

    NoSuchHost(@Nullable String reason) {
      super(reason);
    }
  }

  private final Server server;
  private final Lookup lookup;

  public DnsAddresses(Server server, Wire wire) {
    this(server, new Lookup(TIMEOUT, wire));
  }

  DnsAddresses(Server server, Lookup lookup) {
    this.server = server;
    this.lookup = lookup;
  }

  /// What this machine is set up to use: `/etc/hosts`, then the resolvers of `/etc/resolv.conf` in
  /// turn. Both are read anew each time.
  public static Addresses system(Wire wire) {
    return ofSystem(wire);
  }

  /// The resolvers of `/etc/resolv.conf`.
  ///
  /// @throws UnknownHostException if it cannot be read
  public static List<Server> systemResolvers(Wire wire) throws UnknownHostException {
    return ofSystem(wire).resolvers();
  }

  private static SystemAddresses ofSystem(Wire wire) {
    return new SystemAddresses(
        Path.of("/etc/hosts"), Path.of("/etc/resolv.conf"), Server.DNS_PORT, wire);
  }

  @Override
  public List<InetAddress> of(String host) throws UnknownHostException {
    List<InetAddress> known = known(host);
    return known.isEmpty() ? resolve(host) : known;
  }

  /// Empty if only a nameserver can tell. `localhost` never leaves the machine (RFC 6761, 6.3).
  static List<InetAddress> known(String host) {
    InetAddress literal = Literal.parse(host);
    if (literal != null) {
      return List.of(literal);
    }
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost") || lower.endsWith(".localhost") ? LOOPBACK : List.of();
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    List<StepRun> steps = lookup.ask(questions(host), server);
    List<InetAddress> found = steps.stream().flatMap(DnsAddresses::addresses).toList();
    if (found.isEmpty()) {
      throw reason(host, steps);
    }
    return found;
  }

  private static Stream<InetAddress> addresses(StepRun step) {
    return step.outcome().isPass() && step.reply() instanceof Reply.Dns dns
        ? dns.records().stream().map(Literal::parse).filter(Objects::nonNull)
        : Stream.empty();
  }

  private static List<Question> questions(String host) throws NoSuchHost {
    try {
      return List.of(new Question(host, "A"), new Question(host, "AAAA"));
    } catch (IllegalArgumentException e) {
      throw new NoSuchHost(e.getMessage());
    }
  }

  private UnknownHostException reason(String host, List<StepRun> steps) {
    UnknownHostException reason =
        new NoSuchHost("%s has no address for %s".formatted(server, host));
    for (StepRun step : steps.reversed()) {
      reason =
          switch (step.outcome()) {
            case Outcome.Passed _, Outcome.Slow _ -> reason;
            case Outcome.Failed failed -> failure(host, step.reply(), failed.detail());
            case Outcome.Inconclusive inconclusive ->
                new UnknownHostException(inconclusive.reason());
          };
    }
    return reason;
  }

  private UnknownHostException failure(String host, Reply reply, String detail) {
    if (reply instanceof Reply.Dns dns) {
      String text = "%s answered %s for %s".formatted(server, dns.rcode(), host);
      return dns.rcode().equals("NXDOMAIN") ? new NoSuchHost(text) : new UnknownHostException(text);
    }
    return new UnknownHostException(detail + " for " + host);
  }
}
