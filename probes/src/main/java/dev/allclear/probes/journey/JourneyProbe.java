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
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Walks a journey. Each run has its own cookies, variables, connections and chance. Any number of
/// threads may run it; they should be virtual, since only those can be interrupted while they read.
public final class JourneyProbe implements Probe {

  private final Journey journey;
  private final Depth depth;
  private final Clock clock;
  private final Addresses addresses;
  private final LongSupplier seeds;
  private final boolean evidenceOfAll;

  public JourneyProbe(Journey journey, Depth depth, Clock clock, Addresses addresses) {
    this(journey, depth, clock, addresses, () -> new SecureRandom().nextLong(), false);
  }

  private JourneyProbe(
      Journey journey,
      Depth depth,
      Clock clock,
      Addresses addresses,
      LongSupplier seeds,
      boolean evidenceOfAll) {
    this.journey = journey;
    this.depth = depth;
    this.clock = clock;
    this.addresses = addresses;
    this.seeds = seeds;
    this.evidenceOfAll = evidenceOfAll;
  }

  /// The same, with evidence of every step and not only of those that fail.
  public JourneyProbe withEvidenceOfAll() {
    return new JourneyProbe(journey, depth, clock, addresses, seeds, true);
  }

  /// True if chance decides some of what it sends or expects.
  public boolean isRandom() {
    return journey.templates().anyMatch(Template::isRandom);
  }

  /// The same, of which every run takes the same from chance.
  public JourneyProbe seeded(long seed) {
    return new JourneyProbe(journey, depth, clock, addresses, () -> seed, evidenceOfAll);
  }

  /// The names that {@link #overriding} knows.
  public List<String> vars() {
    return journey.vars().stream().map(Var::name).toList();
  }

  /// The same, with other values for some of its vars.
  public JourneyProbe overriding(Map<String, String> values) {
    return new JourneyProbe(
        journey.overriding(values), depth, clock, addresses, seeds, evidenceOfAll);
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
    SplittableRandom random = new SplittableRandom(seeds.getAsLong());
    return journey.everyAddress() ? walkEach(random) : walk(journey, random);
  }

  private Observation walk(Journey led, SplittableRandom random) {
    try (JourneyRun run = new JourneyRun(led, depth, clock, addresses, random, evidenceOfAll)) {
      return run.walk();
    }
  }

  /// If the host has no addresses an ordinary run says why.
  private Observation walkEach(SplittableRandom random) {
    Step first = journey.steps().getFirst();
    Addresses asked = first.link().addresses() == null ? addresses : first.link().addresses();
    Host written = Host.of(known(first.action().url()));
    if (written == null) {
      return walk(journey, random);
    }
    Target target = first.link().target();
    Host host = target == null ? written : new Host(target.host());
    Moment end = clock.now().plus(journey.deadline());
    try {
      List<InetAddress> found = host.addresses(asked, clock, end);
      return new EveryAddress(journey, host.name(), found, asked)
          .run(led -> {
            SplittableRandom own = random.split();
            return () -> walk(led, own);
          });
    } catch (UnknownHostException _) {
      return walk(journey, random);
    }
  }

  /// Of what no step has to capture first.
  private String known(Template template) {
    Values values = new Values(clock, new SplittableRandom(), new Mask());
    values.read(Stream.of(template));
    return values.render(template);
  }
}
