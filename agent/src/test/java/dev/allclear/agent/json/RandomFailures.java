package dev.allclear.agent.json;

import dev.allclear.agent.outage.Failure;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Evidence.Check;
import dev.allclear.probes.Evidence.Field;
import dev.allclear.probes.Evidence.Message;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Failures with and without evidence, filled at random.
public final class RandomFailures {
  private static final String[] TEXTS = {
    "", "pay", "a \"b\" \\", "two\nlines", "\uD83D\uDE00\u2028<"
  };

  private final Random random;
  private final RandomEvents times;

  public RandomFailures(Random random) {
    this.random = random;
    times = new RandomEvents(random);
  }

  public List<Failure> many(int count) {
    return list(count, this::failure);
  }

  private Failure failure() {
    Cause cause = one(Cause.values());
    return new Failure(times.moment(), text(), text(), cause, text(), evidence());
  }

  private @Nullable Evidence evidence() {
    return random.nextInt(4) == 0
        ? null
        : Evidence.of(
            Message.sent(text(), fields(), text(), random.nextBoolean()),
            random.nextInt(4) == 0
                ? null
                : Message.received(text(), fields(), text(), random.nextBoolean()),
            list(random.nextInt(3), () -> new Check(text(), text(), random.nextBoolean())));
  }

  private List<Field> fields() {
    return list(random.nextInt(3), () -> new Field(text(), text().repeat(random.nextInt(900))));
  }

  private String text() {
    return one(TEXTS);
  }

  private <T> T one(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static <T> List<T> list(int count, Supplier<T> element) {
    return Stream.generate(element).limit(count).toList();
  }
}
