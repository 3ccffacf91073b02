package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads where a value stands in an answer.
final class SourceReader {
  static final String WANTED = "{json: $.token}, {header: NAME} or {regex: TEXT}";
  private static final List<String> KEYS =
      List.of("json", "regex", "header", "cookie", "css", "xpath", "redirect", "remote");
  private static final String PART = "regex";

  private SourceReader() {}

  /// `what` is what has the source, as "a variable".
  static @Nullable Source read(Value entry, MapReader map, String what) {
    List<Value> sources = map.allOf(KEYS);
    boolean redirect = map.has("redirect");
    List<Value> rivals =
        sources.stream().filter(value -> !(redirect && value.name().equals(PART))).toList();
    Value attribute = map.get("attribute");
    if (sources.isEmpty() && KEYS.stream().noneMatch(map::isMisspelt)) {
      entry.wrongKey("nothing says where `" + entry.name() + "` stands; write " + WANTED);
    }
    if (rivals.size() > 1) {
      rivals
          .get(1)
          .wrongKey(what + " has one source; write only one of: " + String.join(", ", KEYS));
    }
    if (attribute != null && !map.has("css")) {
      attribute.wrongKey("`attribute` is of what `css` selects; write `css`, or remove it");
    }
    return rivals.isEmpty() ? null : source(rivals.getFirst(), attribute, map.get(PART));
  }

  private static @Nullable Source source(
      Value value, @Nullable Value attribute, @Nullable Value part) {
    return switch (value.name()) {
      case "json" -> value.parsed("a JSONPath, as $.token", Source::json);
      case "regex" -> value.parsed("a regular expression (RE2)", Source::regex);
      case "cookie" -> value.parsed("a cookie's name", Source.Cookie::new);
      case "css" -> css(value, attribute);
      case "xpath" -> value.parsed("an XPath, as //order/id", Source::xpath);
      case "redirect" -> value.choice(List.of("location")) == null ? null : redirect(part);
      case "remote" -> value.choice(List.of("address")) == null ? null : new Source.Remote();
      default -> value.parsed("a header's name", Source::header);
    };
  }

  private static @Nullable Source css(Value value, @Nullable Value attribute) {
    String name = attribute == null ? null : attribute.text("an attribute's name, as href");
    return value.parsed("a CSS selector, as #total", selector -> Source.css(selector, name));
  }

  private static @Nullable Source redirect(@Nullable Value part) {
    return part == null
        ? Source.redirect(null)
        : part.parsed("a regular expression (RE2)", Source::redirect);
  }
}
