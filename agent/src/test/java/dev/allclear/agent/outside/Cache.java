package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// A real caching resolver, with a tap in front of each authority it asks.
final class Cache implements Closeable {
  /// What glue can point to in the zones of authorities that a cache is referred to.
  static final List<String> REFERRED = List.of("127.0.0.16", "127.0.0.17", "127.0.0.18");

  private static final Duration GAP = Duration.ofMillis(25);

  private final Software software;
  private final List<Tap> taps;
  private final DnsServer server;

  private Cache(Software software, List<Tap> taps, DnsServer server) {
    this.software = software;
    this.taps = taps;
    this.server = server;
  }

  /// With settings in the software's own words.
  static Cache start(Path folder, Software software, List<Integer> authorities, String... options)
      throws IOException, InterruptedException {
    List<Tap> taps = new ArrayList<>();
    for (int authority : authorities) {
      taps.add(Tap.open(authority));
    }
    return start(folder, software, taps, List.of(options));
  }

  /// A BIND that is referred from one authority to others. The first is the root and gets the first
  /// of these addresses, the others the following ones.
  static Cache iterating(Path folder, List<Authority> authorities, String... options)
      throws IOException, InterruptedException {
    int port = Ports.free();
    List<Tap> taps = new ArrayList<>();
    for (int i = 0; i < authorities.size(); i++) {
      InetSocketAddress at = new InetSocketAddress(REFERRED.get(i), port);
      taps.add(Tap.open(at, authorities.get(i).port()));
    }
    return start(folder, Software.NAMED_ITERATING, taps, List.of(options));
  }

  private static Cache start(Path folder, Software software, List<Tap> taps, List<String> options)
      throws IOException, InterruptedException {
    List<String> upstreams = taps.stream().map(Tap::address).toList();
    DnsServer server = DnsServer.start(folder, software.word, software.ports, upstreams, options);
    Cache cache = new Cache(software, taps, server);
    if (software.knowsItself) {
      taps.forEach(tap -> tap.givesTo(cache::answered));
    }
    server.until("it answers", cache::answers);
    return cache;
  }

  private boolean answers() throws IOException {
    try {
      return !identity(Duration.ofMillis(500)).rcode().isEmpty();
    } catch (SocketTimeoutException _) {
      return false;
    }
  }

  /// An instant at which it has taken up all that it was given before: it answers what came later.
  private Instant answered() {
    try {
      return identity(Duration.ofSeconds(5)).received();
    } catch (IOException _) {
      return Instant.now();
    }
  }

  /// Any answer will do; and this question fills nothing.
  private Heard identity(Duration limit) throws IOException {
    Name identity = Name.fromConstantString("id.server.");
    Message question = Message.newQuery(Record.newRecord(identity, Type.TXT, DClass.CH));
    return Heard.from(port(), question, limit);
  }

  Software software() {
    return software;
  }

  int port() {
    return server.port();
  }

  String address() {
    return server.address();
  }

  /// Where its authorities are, all at the addresses they are referred by.
  int authorityPort() {
    String first = taps.getFirst().address();
    return Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
  }

  /// The addresses at which it asks its authorities.
  List<String> upstreams() {
    return taps.stream().map(Tap::address).toList();
  }

  Path file(String name) {
    return server.file(name);
  }

  Heard ask(String name, int type) throws IOException {
    return Heard.from(port(), name, type);
  }

  /// Asks 40 times a second until an answer is so, at most until an instant; all answers.
  List<Heard> poll(String name, int type, Instant last, Predicate<Heard> isLast)
      throws IOException, InterruptedException {
    List<Heard> answers = new ArrayList<>();
    do {
      if (!answers.isEmpty()) {
        server.until(Instant.now().plus(GAP));
      }
      answers.add(ask(name, type));
    } while (!isLast.test(answers.getLast()) && Instant.now().isBefore(last));
    return answers;
  }

  /// Lets it be until an instant.
  void until(Instant instant) throws IOException, InterruptedException {
    server.until(instant);
  }

  /// Lets it be until something is so.
  void until(String what, Child.Condition isSo) throws IOException, InterruptedException {
    server.until(what, isSo);
  }

  /// Lets it be until an authority's A is such.
  void until(Authority authority, String name, String data)
      throws IOException, InterruptedException {
    server.until(name + " is " + data, () -> authority.ask(name, Type.A).says(data));
  }

  /// What it asked of its authorities, by the time of asking.
  List<Fetch> fetches() {
    return taps.stream()
        .flatMap(tap -> tap.fetches().stream())
        .sorted(Comparator.comparing((Fetch fetch) -> fetch.time().before()))
        .toList();
  }

  /// When it first fetched a record of such data.
  Truth fetched(String data) {
    return fetched(data, Instant.EPOCH);
  }

  /// When it took up a record of such data that somebody heard of it by then.
  Truth fetched(String data, Instant heard) {
    return fetched(fetch -> fetch.brought(data), heard);
  }

  /// An answer that it waited for too long it drops, and asks again: of those that it had been
  /// given by the time it was heard, if any, nobody knows which one it took.
  Truth fetched(Predicate<Fetch> what, Instant heard) {
    List<Truth> all = fetches().stream().filter(what).map(Fetch::time).toList();
    if (all.isEmpty()) {
      return fail("it never fetched that: " + fetches());
    }
    return all.stream()
        .skip(1)
        .filter(each -> !each.before().isAfter(heard))
        .reduce(all.getFirst(), Truth::or);
  }

  /// From now on its authorities are silent to it, or answer again.
  void cut(boolean isCut) {
    taps.forEach(tap -> tap.cut(isCut));
  }

  void kill() {
    server.kill();
  }

  /// Empty, as it was at first.
  void startAgain() throws IOException, InterruptedException {
    server.startAgain();
    server.until("it answers", this::answers);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Tap tap : taps) {
      tap.close();
    }
  }
}
