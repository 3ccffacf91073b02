package dev.allclear.probes.template;

import dev.allclear.probes.template.Template.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the text of one template from left to right.
public final class TemplateReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  private final String text;
  private final Function<String, @Nullable String> environment;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();

  public TemplateReader(String text, Function<String, @Nullable String> environment) {
    this.text = text;
    this.environment = environment;
  }

  public List<Part> parts() {
    int at = 0;
    while (at < text.length()) {
      at = read(at);
    }
    endLiteral();
    return parts;
  }

  /// Reads what stands at `at`, and returns where it ends.
  private int read(int at) {
    if (text.startsWith("$${", at)) {
      literal.append("${");
      return at + 3;
    }
    if (!text.startsWith("${", at)) {
      literal.append(text.charAt(at));
      return at + 1;
    }
    int close = text.indexOf('}', at);
    if (close < 0) {
      throw new IllegalArgumentException("unclosed ${; write $${ for a literal ${");
    }
    endLiteral();
    parts.add(placeholder(text.substring(at + 2, close)));
    return close + 1;
  }

  private Part placeholder(String inside) {
    int colon = inside.indexOf(':');
    if (colon < 0) {
      return new Part.Variable(checkName(inside, inside));
    }
    if (!inside.startsWith("env:")) {
      throw new IllegalArgumentException(
          "unknown `%s` in ${%s}; write ${env:NAME} or ${variable}"
              .formatted(inside.substring(0, colon + 1), inside));
    }
    String name = checkName(inside.substring(colon + 1), inside);
    String value = environment.apply(name);
    if (value == null) {
      throw new IllegalArgumentException(
          ("environment variable %s is not set; export it before the start, or write ${variable}"
                  + " for a captured value")
              .formatted(name));
    }
    return new Part.Secret(value);
  }

  private static String checkName(String name, String inside) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("empty name in ${" + inside + "}");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "bad name in ${%s}; write a letter, then letters, digits, - or _".formatted(inside));
    }
    return name;
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
      literal.setLength(0);
    }
  }
}
