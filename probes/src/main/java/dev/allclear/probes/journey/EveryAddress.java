package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Walks a journey once against each address of a host, at once, so that it takes no longer than
/// one walk. It passes only if all of them do.
final class EveryAddress {

  /// More are not asked.
  static final int MOST = 16;

  private final Journey journey;
  private final String host;
  private final List<InetAddress> found;
  private final Addresses asked;

  /// `found` is what `asked` said of the host.
  EveryAddress(Journey journey, String host, List<InetAddress> found, Addresses asked) {
    this.journey = journey;
    this.host = host;
    this.found = found.stream().distinct().limit(MOST).toList();
    this.asked = asked;
  }

  /// Each of the walks is prepared before the first begins.
  Observation run(Function<Journey, Supplier<Observation>> walk) {
    List<Supplier<Observation>> walks = new ArrayList<>();
    found.forEach(address -> walks.add(walk.apply(against(address))));
    List<Observation> all = AtOnce.all(walks);
    Observation first = all.getFirst();
    return new Observation(
        first.probe(),
        first.depth(),
        all.stream().map(Observation::begin).reduce(first.begin(), Moment::earlier),
        all.stream().map(Observation::end).reduce(first.end(), Moment::later),
        steps(all.stream().map(Observation::steps)),
        outcome(all),
        steps(all.stream().map(Observation::cleanup)));
  }

  /// Steps that go elsewhere than the first still do.
  private Journey against(InetAddress address) {
    Addresses usual = journey.steps().getFirst().link().addresses();
    Addresses fixed = name -> name.equalsIgnoreCase(host) ? List.of(address) : asked.of(name);
    return journey.map(step ->
        Objects.equals(step.link().addresses(), usual)
            ? step.over(step.link().resolving(fixed))
            : step);
  }

  private static List<StepRun> steps(Stream<List<StepRun>> runs) {
    return runs.flatMap(List::stream).toList();
  }

  private Outcome outcome(List<Observation> all) {
    List<String> bad = new ArrayList<>();
    Outcome.@Nullable Failed first = null;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).outcome() instanceof Outcome.Failed failed) {
        first = first == null ? failed : first;
        bad.add(found.get(i).getHostAddress() + ": " + failed.detail());
      }
    }
    if (first == null) {
      return all.stream().map(Observation::outcome).reduce(Outcome.pass(), Outcome::then);
    }
    return Outcome.fail(
        first.cause(),
        "%d of %d addresses %s: %s"
            .formatted(
                bad.size(),
                all.size(),
                bad.size() == 1 ? "fails" : "fail",
                String.join("; ", bad)));
  }
}
