package dev.allclear.agent.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

final class YamlTextTest {
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "a ",
          " a",
          "-",
          "- a",
          "?",
          ":",
          "a: b",
          "a #b",
          "#",
          "{",
          "}",
          "[x]",
          ",",
          "&a",
          "*a",
          "!a",
          "|",
          ">",
          "%",
          "@",
          "`",
          "'",
          "\"",
          "\\",
          "~",
          "null",
          "Null",
          "true",
          "Yes",
          "on",
          "1",
          "-1",
          "1.5",
          "1e5",
          "0x1F",
          "0o7",
          ".inf",
          ".NaN",
          "1_000",
          "2026-01-02",
          "12:30:45",
          "=",
          "<<",
          "---",
          "...",
          "a\nb",
          "a\tb",
          "\r",
          "\u0000",
          "\u0007",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "é",
          "\uD83D\uDE00",
          "${a}",
          "$${a}",
          "$.a",
          "$",
          "a'b\"c",
          "\\n",
          "x".repeat(200),
          "2xx",
          "20s",
          "get /a/…");

  @Test
  void readsBackAsItWas() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Load load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
    for (int i = 0; i < 3000; i++) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("a", tree(random, 4));
      tree.put(text(random), tree(random, 2));
      YamlText yaml = new YamlText();
      yaml.comment(0, text(random)).entry(0, "top", tree);
      assertEquals(Map.of("top", tree), load.loadFromString(yaml.toString()), "seed " + seed);
    }
  }

  @Test
  void everyOddTextIsTextAgain() {
    Load load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
    ODD.forEach(text ->
        assertEquals(List.of(text), load.loadFromString("[" + YamlText.scalar(text) + "]")));
  }

  @Test
  void aLoneSurrogateIsReplaced() {
    assertEquals("\"\\U0000FFFD\"", YamlText.scalar("\uD83D"));
  }

  private static @Nullable Object tree(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0, 1 -> text(random);
      case 2 -> random.nextInt();
      case 3 -> random.nextBoolean();
      case 4 -> null;
      case 5 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          list.add(tree(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          map.put(text(random), tree(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    String text = ODD.get(random.nextInt(ODD.size()));
    return random.nextBoolean() ? text : text + ODD.get(random.nextInt(ODD.size()));
  }
}
