package dev.allclear.agent.importer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Trees of maps, lists, strings, numbers, booleans and null, as YAML: on one line where that is
/// short, else in blocks.
final class YamlText {
  private static final int WIDTH = 100;
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/][A-Za-z0-9_./…-]*( [A-Za-z0-9_./…-]+)*|[0-9]+(ms|s|m|xx)");
  private static final Pattern PLAIN_PATH = Pattern.compile("\\$[A-Za-z0-9_.]*");

  /// What YAML 1.1 or 1.2 reads as something else than text.
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "null");

  private final StringBuilder out = new StringBuilder();

  YamlText comment(int indent, String text) {
    out.append(" ".repeat(indent))
        .append(text.isEmpty() ? "#" : "# " + onOneLine(text))
        .append('\n');
    return this;
  }

  YamlText line(String text) {
    out.append(text).append('\n');
    return this;
  }

  /// `KEY:` and what belongs to it.
  YamlText entry(int indent, String key, @Nullable Object value) {
    out.append(" ".repeat(indent));
    keyed(indent, key, value);
    return this;
  }

  /// The members of a map as an element of a list; `indent` is that of the dash.
  YamlText element(int indent, Map<?, ?> members) {
    String lead = " ".repeat(indent) + "- ";
    for (Map.Entry<?, ?> member : members.entrySet()) {
      out.append(lead);
      keyed(indent + 2, String.valueOf(member.getKey()), member.getValue());
      lead = " ".repeat(indent + 2);
    }
    return this;
  }

  private void keyed(int indent, String key, @Nullable Object value) {
    String head = scalar(key) + ":";
    String flow = flow(value);
    boolean block = isCollection(value) && indent + head.length() + flow.length() >= WIDTH;
    out.append(head).append(block ? "\n" : " " + flow + "\n");
    if (block) {
      block(indent + 2, value);
    }
  }

  private void block(int indent, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> entry(indent, String.valueOf(key), inner));
    } else if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> map && !map.isEmpty()) {
          element(indent, map);
        } else {
          out.append(" ".repeat(indent)).append("- ").append(flow(element)).append('\n');
        }
      }
    }
  }

  private static boolean isCollection(@Nullable Object value) {
    return (value instanceof Map<?, ?> map && !map.isEmpty())
        || (value instanceof List<?> list && !list.isEmpty());
  }

  private static String flow(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each -> scalar(String.valueOf(each.getKey())) + ": " + flow(each.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
      case String text -> scalar(text);
      case null -> "null";
      default -> value.toString();
    };
  }

  /// A text in quotes unless it is plain in every place and to every reader.
  static String scalar(String text) {
    if (PLAIN_PATH.matcher(text).matches()
        || (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT)))) {
      return text;
    }
    boolean quotes = text.indexOf('"') >= 0 || text.indexOf('\\') >= 0;
    return quotes && text.chars().noneMatch(YamlText::isSpecial)
        ? "'" + text.replace("'", "''") + "'"
        : doubleQuoted(text);
  }

  private static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int c : text.codePoints().toArray()) {
      quoted.append(
          switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default ->
                isSpecial(c)
                    ? "\\U%08X".formatted(isSurrogate(c) ? 0xFFFD : c)
                    : Character.toString(c);
          });
    }
    return quoted.append('"').toString();
  }

  /// Controls, lone surrogates, and what editors do not show.
  private static boolean isSpecial(int c) {
    return Character.isISOControl(c)
        || isSurrogate(c)
        || c == 0x2028
        || c == 0x2029
        || c == 0xFEFF
        || c == 0xFFFE
        || c == 0xFFFF;
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private static String onOneLine(String text) {
    return text.codePoints()
        .map(c -> isSpecial(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
