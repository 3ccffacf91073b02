package dev.allclear.probes.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTextTest {

  @Test
  void writesAnyDocument() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a\"b", List.of(1, 2.5, true));
    map.put("none", new ArrayList<>(Arrays.asList((Object) null)));
    map.put("empty", Map.of());
    assertEquals("{\"a\\\"b\":[1,2.5,true],\"none\":[null],\"empty\":{}}", JsonText.write(map));
  }

  @Test
  void noValueBreaksOutOfItsString() {
    Template template = Template.parse("x${a}", _ -> null);
    assertEquals(
        "[\"x\\\", \\\"admin\\\": \\\\ \\u000a\"]",
        JsonText.write(List.of(template), text -> text.sample("\", \"admin\": \\ \n")));
  }
}
