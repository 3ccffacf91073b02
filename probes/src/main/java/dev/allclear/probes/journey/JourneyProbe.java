package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Probe;
import dev.allclear.probes.http.Carrier;
import dev.allclear.probes.http.Held;
import dev.allclear.probes.http.Host;
import dev.allclear.probes.http.Target;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import dev.allclear.probes.wire.Wire;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Walks a journey. Each run has its own cookies, variables, connections and chance. Any number of
/// threads may run it; they should be virtual, since only those can be interrupted while they read.
public final class JourneyProbe implements Probe {

  private final Journey journey;
  private final Depth depth;
  private final Clock clock;
  private final Addresses addresses;
  private final LongSupplier seeds;
  private final boolean evidenceOfAll;
  private final @Nullable Carrier carrier;

  public JourneyProbe(Journey journey, Depth depth, Clock clock, Addresses addresses) {
    this(journey, depth, clock, addresses, () -> new SecureRandom().nextLong(), false, null);
  }

  private JourneyProbe(
      Journey journey,
      Depth depth,
      Clock clock,
      Addresses addresses,
      LongSupplier seeds,
      boolean evidenceOfAll,
      @Nullable Carrier carrier) {
    this.journey = journey;
    this.depth = depth;
    this.clock = clock;
    this.addresses = addresses;
    this.seeds = seeds;
    this.evidenceOfAll = evidenceOfAll;
    this.carrier = carrier;
  }

  /// The same, with evidence of every step and not only of those that fail.
  public JourneyProbe withEvidenceOfAll() {
    return new JourneyProbe(journey, depth, clock, addresses, seeds, true, carrier);
  }

  /// The same over the wire, if that can do all that it asks for; else it is left to OkHttp.
  public JourneyProbe over(Wire wire) {
    return suitsTheWire() ? carriedBy(new Carrier.Fresh(wire)) : this;
  }

  /// The same over a connection that is there, as one of those that {@link #hold} opens.
  public JourneyProbe over(Held held) {
    return carriedBy(new Carrier.Over(held));
  }

  /// The same, but no step may take longer than this.
  public JourneyProbe within(Duration longest) {
    Journey hurried =
        journey.map(step ->
            step.conducted(
                step.conduct().lasting(Budget.shorter(longest, step.conduct().timeout()))));
    return new JourneyProbe(hurried, depth, clock, addresses, seeds, evidenceOfAll, carrier);
  }

  private JourneyProbe carriedBy(Carrier chosen) {
    return new JourneyProbe(journey, depth, clock, addresses, seeds, evidenceOfAll, chosen);
  }

  /// True if {@link #over} and {@link #hold} can be asked for.
  public boolean suitsTheWire() {
    return journey.suitsTheWire();
  }

  /// A connection as its request would open, or why there is none.
  public record Hold(@Nullable Held held, Outcome outcome) {}

  /// Opens one, which is the caller's to close.
  public Hold hold(Wire wire) {
    Step step = journey.steps().getFirst();
    try (Session session =
        new Session(
            journey, clock, addresses, new SplittableRandom(seeds.getAsLong()), false, null)) {
      return new Attempt(session, step, clock.now(), step.conduct().timeout()).hold(wire);
    }
  }

  /// True if chance decides some of what it sends or expects.
  public boolean isRandom() {
    return journey.templates().anyMatch(Template::isRandom);
  }

  /// The same, of which every run takes the same from chance.
  public JourneyProbe seeded(long seed) {
    return new JourneyProbe(journey, depth, clock, addresses, () -> seed, evidenceOfAll, carrier);
  }

  /// The names that {@link #overriding} knows.
  public List<String> vars() {
    return journey.vars().stream().map(Var::name).toList();
  }

  /// The same, with other values for some of its vars.
  public JourneyProbe overriding(Map<String, String> values) {
    return new JourneyProbe(
        journey.overriding(values), depth, clock, addresses, seeds, evidenceOfAll, carrier);
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
    try (JourneyRun run =
        new JourneyRun(led, depth, clock, addresses, random, evidenceOfAll, carrier)) {
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
