package dev.allclear.agent.simulation;

import dev.allclear.agent.outage.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes a history that shows a fault as small as it still shows one.
final class Shrinking {
  private Shrinking() {}

  static Scenario smallest(Scenario failing) {
    Scenario least = failing;
    boolean smaller = true;
    while (smaller) {
      Scenario from = least;
      least =
          candidates(from)
              .filter(each -> !each.equals(from) && Simulation.fault(each) != null)
              .findFirst()
              .orElse(from);
      smaller = !least.equals(from);
    }
    return least;
  }

  private static Stream<Scenario> candidates(Scenario from) {
    return Stream.of(
            without(from.asks()).filter(asks -> !asks.isEmpty()).map(from::withAsks),
            without(from.upsets()).map(from::withUpsets),
            asks(from),
            Stream.of(0.5, 0.8, 0.95).map(share -> from.until((long) (share * from.end()))),
            Stream.of(
                from.withNetwork(0, from.loss(), from.mute()),
                from.withNetwork(from.lag() / 2, from.loss(), from.mute()),
                from.withNetwork(from.lag(), 0, from.mute()),
                from.withNetwork(from.lag(), from.loss(), 0)),
            Stream.of(
                from.withPolicy(
                    policy(from.policy(), 1, 1, from.policy().passes(), from.policy().span())),
                from.withPolicy(
                    policy(
                        from.policy(),
                        from.policy().confirm(),
                        from.policy().confirm(),
                        from.policy().passes(),
                        from.policy().span())),
                from.withPolicy(
                    policy(
                        from.policy(),
                        from.policy().confirm(),
                        from.policy().of(),
                        1,
                        from.policy().span())),
                from.withPolicy(
                    policy(
                        from.policy(),
                        from.policy().confirm(),
                        from.policy().of(),
                        from.policy().passes(),
                        Duration.ZERO))))
        .flatMap(each -> each);
  }

  private static Policy policy(Policy from, int confirm, int of, int passes, Duration span) {
    return new Policy(
        from.rto(),
        confirm,
        of,
        passes,
        span,
        from.hold(),
        from.degradation(),
        from.flap(),
        from.maintenance());
  }

  private static Stream<Scenario> asks(Scenario from) {
    return IntStream.range(0, from.asks().size())
        .boxed()
        .flatMap(i ->
            smaller(from.asks().get(i))
                .map(ask -> {
                  List<Ask> asks = new ArrayList<>(from.asks());
                  asks.set(i, ask);
                  return from.withAsks(asks);
                }));
  }

  private static Stream<Ask> smaller(Ask from) {
    return Stream.concat(
        without(from.faults()).map(from::with),
        from.steps() == 1
            ? Stream.of()
            : Stream.of(
                new Ask(
                    from.name(), from.depth(), from.every(), from.timeout(), 1, from.faults())));
  }

  private static <T> Stream<List<T>> without(List<T> all) {
    return IntStream.range(0, all.size())
        .mapToObj(i -> {
          List<T> fewer = new ArrayList<>(all);
          fewer.remove(i);
          return List.copyOf(fewer);
        });
  }
}
