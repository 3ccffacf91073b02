package dev.allclear.probes.dns;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Moment;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.wire.Wire;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks nameservers, all at once and each with the whole timeout, and tells what came back as one
/// step per question and server. Resolvers are asked to recurse, authorities are not. Any thread.
public final class Lookup {
  private final Duration timeout;
  private final Wire wire;

  public Lookup(Duration timeout, Wire wire) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout <= 0");
    }
    this.timeout = timeout;
    this.wire = wire;
  }

  /// In the order of the servers; never throws. A server that answers NOERROR passes, even with no
  /// record; all are inconclusive when the thread is interrupted, before or while it waits.
  public List<StepRun> ask(Question question, List<Server> servers) {
    return atOnce(servers.stream().map(server -> asking(question, server)).toList());
  }

  /// The same servers at the addresses that their hosts have now.
  List<Server> located(List<Server> servers) {
    Addresses hosts = DnsAddresses.system(wire);
    return servers.stream().map(server -> server.located(hosts)).toList();
  }

  /// In the order of the questions.
  List<StepRun> ask(List<Question> questions, Server server) {
    return atOnce(questions.stream().map(question -> asking(question, server)).toList());
  }

  /// @throws UnknownHostException if the resolver gives none, with the reason
  List<InetAddress> addresses(String host, Server resolver) throws UnknownHostException {
    return new DnsAddresses(resolver, this).of(host);
  }

  private Asking asking(Question question, Server server) {
    return new Asking(question, server, timeout, wire, Asking.Wish.NOTHING);
  }

  /// In the order of the servers. Where what resolvers say unchecked differs, validation is what
  /// fails.
  List<StepRun> ask(Question question, List<Server> servers, Asking.Wish wish) {
    return atOnce(
        servers.stream().map(server -> new Asking(question, server, timeout, wire, wish)).toList());
  }

  private List<StepRun> atOnce(List<Asking> askings) {
    Moment begin = wire.clock().now();
    if (Thread.currentThread().isInterrupted()) {
      // invokeAll would notice only if the answers let it wait.
      return interrupted(askings, begin);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(askings).stream().map(Future::resultNow).toList();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return interrupted(askings, begin);
    }
  }

  private List<StepRun> interrupted(List<Asking> askings, Moment begin) {
    Moment end = wire.clock().now();
    return askings.stream().map(asking -> asking.interrupted(begin, end)).toList();
  }
}
