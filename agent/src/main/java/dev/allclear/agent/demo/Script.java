package dev.allclear.agent.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The story that a seed tells. `speed` divides every length but those that caches dictate, which
/// count in whole seconds.
public final class Script {
  private static final List<Breakage> KINDS =
      List.of(Breakage.REFUSE, Breakage.ERROR, Breakage.HANG);

  private static final double SLOWEST = 0.1;
  private static final double FASTEST = 100;

  /// A little more than the slowest cache needs.
  private static final double CACHES = Manners.FLOOR.toSeconds() + 1;

  /// An act, and how long after the one before it.
  public record Cue(Duration after, Act act) {}

  private final SplittableRandom random;
  private final double speed;

  private Script(long seed, double speed) {
    if (!(speed >= SLOWEST && speed <= FASTEST)) {
      throw new IllegalArgumentException(
          "speed %s is out of range; write one from %s to %s".formatted(speed, SLOWEST, FASTEST));
    }
    this.random = new SplittableRandom(seed);
    this.speed = speed;
  }

  /// The west breaks, DNS fails over to a cold east.
  public static List<Cue> story(long seed, double speed) {
    return new Script(seed, speed).outage(Region.WEST, 4, 5.5);
  }

  /// The story, and then for ever: what is broken gets mended, what is in use breaks.
  public static Stream<Cue> endless(long seed, double speed) {
    return Stream.concat(
        story(seed, speed).stream(),
        IntStream.iterate(1, round -> round + 1)
            .boxed()
            .flatMap(round ->
                new Script(seed + round, speed)
                    .round(round % 2 == 0 ? Region.WEST : Region.EAST).stream()));
  }

  private List<Cue> round(Region inUse) {
    List<Cue> cues = new ArrayList<>();
    cues.add(new Cue(Duration.ZERO, new Act.Mend(inUse.other())));
    cues.addAll(outage(inUse, 20, 60));
    return cues;
  }

  private List<Cue> outage(Region region, double earliest, double latest) {
    Breakage how = KINDS.get(random.nextInt(KINDS.size()));
    Region cold = region.other();
    return List.of(
        new Cue(between(earliest, latest), new Act.Break(region, how)),
        new Cue(between(4, 6), new Act.Warm(cold, between(4.5, 6))),
        new Cue(Duration.ZERO, new Act.FailOver(cold)),
        new Cue(seconds(CACHES + 3 / speed), new Act.Settle()));
  }

  private Duration between(double earliest, double latest) {
    return seconds(random.nextDouble(earliest, latest) / speed);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
