package dev.allclear.probes.dns;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Probe;
import dev.allclear.probes.wire.Wire;
import java.time.Duration;
import java.util.List;

/// Passes if every server answers, all say the same, and they say what is expected if that is
/// given. Any thread.
public final class DnsProbe implements Probe {
  private final String name;
  private final Question question;
  private final List<Server> servers;
  private final Expected expected;
  private final Lookup lookup;
  private final Clock clock;

  /// With `expected` empty any record will do.
  public DnsProbe(
      String name,
      Question question,
      List<Server> servers,
      List<String> expected,
      Duration timeout,
      Wire wire) {
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no server to ask for " + question);
    }
    this.name = name;
    this.question = question;
    this.servers = List.copyOf(servers);
    this.expected = Expected.of(question, expected);
    this.lookup = new Lookup(timeout, wire);
    this.clock = wire.clock();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Depth depth() {
    return Depth.DNS;
  }

  /// Whom it asks.
  public List<Server> servers() {
    return servers;
  }

  @Override
  public Observation run() {
    Moment begin = clock.now();
    Judgement judgement = Judgement.of(question, expected, lookup.ask(question, servers));
    return new Observation(
        name, depth(), begin, clock.now(), judgement.steps(), judgement.outcome());
  }
}
