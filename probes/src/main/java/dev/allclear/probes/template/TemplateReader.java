package dev.allclear.probes.template;

import java.util.ArrayList;
import java.util.List;

/// Reads the text of one template from left to right.
final class TemplateReader {

  private final String text;
  private final Surroundings surroundings;
  private final List<Expression> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();

  TemplateReader(String text, Surroundings surroundings) {
    this.text = text;
    this.surroundings = surroundings;
  }

  List<Expression> parts() {
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
    endLiteral();
    ExpressionReader reader = new ExpressionReader(text, at, surroundings);
    parts.add(reader.read());
    return reader.end();
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Expression.Text(literal.toString()));
      literal.setLength(0);
    }
  }
}
