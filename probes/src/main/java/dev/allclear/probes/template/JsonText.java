package dev.allclear.probes.template;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes a JSON document of maps, lists, strings, numbers, booleans, null and templates.
public final class JsonText {

  private final StringBuilder out = new StringBuilder();
  private final Function<Template, String> render;

  private JsonText(Function<Template, String> render) {
    this.render = render;
  }

  public static String write(@Nullable Object document) {
    return write(document, Template::toString);
  }

  public static String write(@Nullable Object document, Function<Template, String> render) {
    JsonText text = new JsonText(render);
    text.add(document);
    return text.out.toString();
  }

  private void add(@Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> addMap(map);
      case List<?> list -> addList(list);
      case Template template -> addString(render.apply(template));
      case String string -> addString(string);
      case null, default -> out.append(value);
    }
  }

  private void addMap(Map<?, ?> map) {
    out.append('{');
    String comma = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(comma);
      addString(String.valueOf(entry.getKey()));
      out.append(':');
      add(entry.getValue());
      comma = ",";
    }
    out.append('}');
  }

  private void addList(List<?> list) {
    out.append('[');
    String comma = "";
    for (Object element : list) {
      out.append(comma);
      add(element);
      comma = ",";
    }
    out.append(']');
  }

  private void addString(String string) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
