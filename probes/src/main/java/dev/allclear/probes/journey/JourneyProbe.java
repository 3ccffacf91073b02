package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Probe;
import dev.allclear.probes.http.Host;
import dev.allclear.probes.http.Target;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Walks a journey. Each run has its own cookies, variables and connections. Any number of threads
/// may run it; they should be virtual, since only those can be interrupted while they read.
public final class JourneyProbe implements Probe {

  private final Journey journey;
  private final Depth depth;
  private final Clock clock;
  private final Addresses addresses;
  private final boolean evidenceOfAll;

  public JourneyProbe(Journey journey, Depth depth, Clock clock, Addresses addresses) {
    this(journey, depth, clock, addresses, false);
  }

  private JourneyProbe(
      Journey journey, Depth depth, Clock clock, Addresses addresses, boolean evidenceOfAll) {
    this.journey = journey;
    this.depth = depth;
    this.clock = clock;
    this.addresses = addresses;
    this.evidenceOfAll = evidenceOfAll;
  }

  /// The same, with evidence of every step and not only of those that fail.
  public JourneyProbe withEvidenceOfAll() {
    return new JourneyProbe(journey, depth, clock, addresses, true);
  }

  /// The names that {@link #overriding} knows.
  public List<String> vars() {
    return journey.vars().stream().map(Var::name).toList();
  }

  /// The same, with other values for some of its vars.
  public JourneyProbe overriding(Map<String, String> values) {
    return new JourneyProbe(journey.overriding(values), depth, clock, addresses, evidenceOfAll);
  }

  @Override
  public String name() {
    return journey.name();
  }

  @Override
  public Depth depth() {
    return depth;
  }

  @Override
  public Observation run() {
    return journey.everyAddress() ? walkEach() : walk(journey);
  }

  private Observation walk(Journey led) {
    try (JourneyRun run = new JourneyRun(led, depth, clock, addresses, evidenceOfAll)) {
      return run.walk();
    }
  }

  /// If the host has no addresses an ordinary run says why.
  private Observation walkEach() {
    Step first = journey.steps().getFirst();
    Addresses asked = first.link().addresses() == null ? addresses : first.link().addresses();
    Host written = Host.of(known(first.action().url()));
    if (written == null) {
      return walk(journey);
    }
    Target target = first.link().target();
    Host host = target == null ? written : new Host(target.host());
    Moment end = clock.now().plus(journey.deadline());
    try {
      List<InetAddress> found = host.addresses(asked, clock, end);
      return new EveryAddress(journey, host.name(), found, asked).run(this::walk);
    } catch (UnknownHostException _) {
      return walk(journey);
    }
  }

  /// Of what no step has to capture first.
  private String known(Template template) {
    Values values = new Values(clock, new SplittableRandom(), new Mask());
    values.read(Stream.of(template));
    return values.render(template);
  }
}
