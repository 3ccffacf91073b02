package dev.allclear.probes.template;

import dev.allclear.probes.template.Expression.Joined;
import dev.allclear.probes.template.Expression.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what stands between `${` and `}`.
final class ExpressionReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d[0-9a-z]*");
  private static final Pattern PATH = Pattern.compile("[^\\s,)+}']+");

  /// Deeper calls say nothing and would use up the stack.
  private static final int DEEPEST = 20;

  private final String text;
  private final Surroundings surroundings;
  private final String placeholder;
  private int at;
  private int depth;

  /// `open` is where `${` stands.
  ExpressionReader(String text, int open, Surroundings surroundings) {
    this.text = text;
    this.surroundings = surroundings;
    int close = text.indexOf('}', open);
    if (close < 0) {
      throw unclosed();
    }
    placeholder = text.substring(open, close + 1);
    at = open + 2;
  }

  Expression read() {
    if (placeholder.equals("${}")) {
      throw new IllegalArgumentException("empty name in ${}");
    }
    Expression expression = sum();
    end('}');
    return expression;
  }

  private void end(char mark) {
    if (!skip(mark)) {
      throw at == text.length() ? unclosed() : unexpected();
    }
  }

  /// Where it ends, once it is read.
  int end() {
    return at;
  }

  private Expression sum() {
    List<Expression> parts = new ArrayList<>();
    do {
      skipSpaces();
      parts.add(term());
      skipSpaces();
    } while (skip('+'));
    return parts.size() == 1 ? parts.getFirst() : new Joined(parts);
  }

  private Expression term() {
    if (skip('\'')) {
      return new Text(quoted());
    }
    Matcher number = token(NUMBER);
    if (number.lookingAt() && depth > 0) {
      at = number.end();
      return new Text(number.group());
    }
    String name = name();
    if (skip(':')) {
      return outside(name);
    }
    skipSpaces();
    return skip('(') ? call(name) : new Expression.Variable(name);
  }

  private Expression call(String name) {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException(
          "calls are nested deeper than " + DEEPEST + " in " + placeholder);
    }
    List<Expression> arguments = new ArrayList<>();
    skipSpaces();
    if (!skip(')')) {
      do {
        arguments.add(sum());
      } while (skip(','));
      end(')');
    }
    depth--;
    return Functions.call(name, arguments, placeholder);
  }

  private Expression outside(String kind) {
    return switch (kind) {
      case "env" -> environment(name());
      case "file" -> file(skip('\'') ? quoted() : path());
      default ->
          throw new IllegalArgumentException(
              "unknown `%s:` in %s; write ${env:NAME}, ${file:PATH} or ${variable}"
                  .formatted(kind, placeholder));
    };
  }

  private Expression environment(String name) {
    if (at < text.length() && " \t\r\n+,)}".indexOf(text.charAt(at)) < 0) {
      throw badName();
    }
    String value = surroundings.environment().apply(name);
    if (value == null) {
      throw new IllegalArgumentException(
          ("environment variable %s is not set; export it before the start, or write ${variable}"
                  + " for a captured value")
              .formatted(name));
    }
    return new Expression.Environment(value);
  }

  /// It is read now only to see that it can be.
  private Expression file(String path) {
    Path file = surroundings.folder().resolve(path);
    try {
      SecretFile.read(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read file `%s`: %s".formatted(path, e.getMessage()), e);
    }
    return new Expression.Content(file);
  }

  private String path() {
    Matcher path = token(PATH);
    if (!path.lookingAt()) {
      throw new IllegalArgumentException("empty path in " + placeholder + "; write ${file:PATH}");
    }
    at = path.end();
    return path.group();
  }

  private String quoted() {
    int close = text.indexOf('\'', at);
    if (close < 0) {
      throw new IllegalArgumentException("unclosed ' in " + placeholder + "; write 'text'");
    }
    String inside = text.substring(at, close);
    at = close + 1;
    return inside;
  }

  private String name() {
    Matcher name = token(NAME);
    if (!name.lookingAt()) {
      throw at == text.length()
          ? unclosed()
          : text.charAt(at) == '}'
              ? new IllegalArgumentException("empty name in " + placeholder)
              : badName();
    }
    at = name.end();
    return name.group();
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private Matcher token(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length());
  }

  private IllegalArgumentException unexpected() {
    return placeholder.indexOf('(') < 0
        ? badName()
        : new IllegalArgumentException(
            "unexpected `%s` in %s; between arguments write `,` or `+`"
                .formatted(text.substring(at, text.offsetByCodePoints(at, 1)), placeholder));
  }

  private IllegalArgumentException badName() {
    return new IllegalArgumentException(
        "bad name in %s; write a letter, then letters, digits, - or _".formatted(placeholder));
  }

  private static IllegalArgumentException unclosed() {
    return new IllegalArgumentException("unclosed ${; write $${ for a literal ${");
  }
}
