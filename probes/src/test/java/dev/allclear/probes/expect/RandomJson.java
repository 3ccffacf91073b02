package dev.allclear.probes.expect;

import dev.allclear.probes.template.Template;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// JSON documents of every kind, as an operator would write them.
final class RandomJson {

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  @Nullable Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> BigDecimal.valueOf(random.nextInt(), random.nextInt(6));
      case 4 -> Template.literal(text());
      case 5 -> list(depth - 1);
      default -> map(depth - 1);
    };
  }

  private String text() {
    return random
        .ints(random.nextInt(6), 1, 0x250)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(depth));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put("k" + i, value(depth));
    }
    return map;
  }
}
