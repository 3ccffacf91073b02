package dev.allclear.probes.propagation;

import dev.allclear.probes.propagation.SimulatedCache.Manner;
import dev.allclear.probes.propagation.SimulatedCache.Setup;
import dev.allclear.probes.propagation.SimulatedWorld.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random histories, each from its seed.
final class Histories {
  private static final long SECOND = SimulatedCache.SECOND;
  private static final int[] TTLS = {5, 10, 20, 30, 60, 120, 300};
  private static final double[] USERS = {0, 0.01, 0.05, 0.2, 1, 5};

  private Histories() {}

  /// A mix of all kinds in half of the histories, only obedient caches in the other half.
  static SimulatedWorld of(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    int ttl = TTLS[random.nextInt(TTLS.length)];
    int fresh = random.nextInt(4) == 0 ? TTLS[random.nextInt(TTLS.length)] : ttl;
    boolean obedient = random.nextBoolean();
    long start = (long) ((26 * ttl + random.nextDouble() * ttl) * SECOND);
    int servers = 1 + random.nextInt(3);
    List<Long> flips = new ArrayList<>();
    double lag = random.nextInt(3) == 0 ? 15 : 1;
    for (int i = 0; i < servers; i++) {
      flips.add(start + (long) (random.nextDouble() * lag * SECOND));
    }
    boolean outage = !obedient && random.nextInt(3) == 0;
    long dead = start + (long) (random.nextDouble() * 20 * SECOND);
    long back = dead + (20 + random.nextInt(150)) * SECOND;
    SimulatedAuthority authority =
        new SimulatedAuthority(
            flips, new Published(ttl, fresh), outage ? dead : 0, outage ? back : 0);
    List<Address> addresses = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      addresses.add(obedient ? obedient(random, authority) : any(random, authority, ttl));
    }
    double loss = random.nextInt(3) == 0 ? random.nextDouble() * 0.15 : 0;
    SimulatedWorld world =
        new SimulatedWorld(
            random, authority, addresses, loss, start, start + (3L * ttl + 1200) * SECOND);
    boolean cold = !obedient && random.nextInt(4) == 0;
    world.cold = cold;
    world.learn(
        cold ? start - 2 * SECOND : SECOND,
        addresses.stream().anyMatch(each -> each.caches.size() > 1));
    return world;
  }

  private static double users(Random random) {
    return USERS[random.nextInt(USERS.length)];
  }

  private static Address obedient(Random random, SimulatedAuthority authority) {
    int lag = random.nextInt(2);
    return address(
        "obeys" + lag, Setup.of(Manner.HONEST, lag, users(random), random), authority, random);
  }

  private static Address address(
      String kind, Setup setup, SimulatedAuthority authority, Random random) {
    Setup named = setup.named(random.nextBoolean() ? kind : null);
    return new Address(kind, List.of(new SimulatedCache(named, authority, random)));
  }

  private static Address any(Random random, SimulatedAuthority authority, int ttl) {
    Setup plain = Setup.of(Manner.HONEST, random.nextInt(2), users(random), random);
    return switch (random.nextInt(12)) {
      case 0 -> address("early 2 s", plain.window(0, 2), authority, random);
      case 1 -> address("early 10 %", plain.window(0.1, 0), authority, random);
      case 2 -> address("floor 60", plain.clamp(60, Integer.MAX_VALUE), authority, random);
      case 3 ->
          address(
              "floor close",
              plain.clamp(ttl + Math.max(5, ttl / 5), Integer.MAX_VALUE),
              authority,
              random);
      case 4 -> address("ceiling 10", plain.clamp(0, 10), authority, random);
      case 5 -> address("refetching", manner(Manner.REFETCHING, random), authority, random);
      case 6 ->
          address(
              "frozen",
              manner(Manner.FROZEN, random).clamp(60, Integer.MAX_VALUE),
              authority,
              random);
      case 7 -> address("stale first", manner(Manner.STALE_FIRST, random), authority, random);
      case 8 ->
          address("stale on failure", manner(Manner.STALE_ON_FAILURE, random), authority, random);
      case 9 -> address("silently stale", manner(Manner.SILENTLY_STALE, random), authority, random);
      case 10 ->
          address("slow to recover", manner(Manner.SLOW_TO_RECOVER, random), authority, random);
      default -> several(random, authority);
    };
  }

  private static Setup manner(Manner manner, Random random) {
    return Setup.of(manner, manner == Manner.SLOW_TO_RECOVER ? 1 : 0, users(random), random);
  }

  private static Address several(Random random, SimulatedAuthority authority) {
    boolean named = random.nextBoolean();
    int count = 2 + random.nextInt(2);
    List<SimulatedCache> caches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Setup setup = Setup.of(Manner.HONEST, random.nextInt(2), users(random), random);
      caches.add(new SimulatedCache(setup.named(named ? "c" + i : null), authority, random));
    }
    return new Address(named ? "several, named" : "several", caches);
  }

  /// Whether a verdict says what is not so. `Unknown` never does.
  static boolean wrong(Address address, Verdict verdict, SimulatedWorld world) {
    Setup setup = address.caches.getFirst().setup;
    int ttl = world.authority.ttl().old();
    boolean clamped = setup.floor() > ttl || setup.ceiling() < ttl;
    double window = Math.max(setup.windowPart() * ttl, ttl < 9 ? 0 : setup.windowSeconds());
    return switch (verdict) {
      case Verdict.Unknown _ -> false;
      case Verdict.Obeys _ ->
          clamped
              || (setup.manner() == Manner.FROZEN && ttl < setup.floor())
              || (setup.manner() == Manner.REFETCHING && ttl > 5)
              || (window - setup.lag() >= 1 && setup.users() * (window - setup.lag()) > 2);
      case Verdict.Floor(int seconds, _) -> setup.floor() < seconds || seconds <= ttl;
      case Verdict.Ceiling(int shown, int most, _) ->
          setup.ceiling() < shown || most < setup.ceiling();
      case Verdict.EarlyRefresh(double seconds, _) ->
          setup.manner() != Manner.REFETCHING && seconds > window + 0.1;
      case Verdict.Frozen _ -> setup.manner() != Manner.FROZEN;
      case Verdict.StaleFirst _ -> setup.manner() != Manner.STALE_FIRST;
      case Verdict.StaleOnFailure _ ->
          setup.manner() != Manner.STALE_ON_FAILURE && setup.manner() != Manner.STALE_FIRST;
      case Verdict.FailingAfterRecovery _ -> setup.manner() != Manner.SLOW_TO_RECOVER;
      case Verdict.Fragmented(int caches, _) -> caches > address.caches.size();
      case Verdict.Intercepted _ -> true;
    };
  }
}
