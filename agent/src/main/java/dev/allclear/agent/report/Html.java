package dev.allclear.agent.report;

import java.util.Map;

/// HTML under construction. Tags and class names are ours; every text is escaped.
public final class Html {
  private final StringBuilder out = new StringBuilder();

  /// Markup that holds nothing from outside.
  public Html markup(String constant) {
    out.append(constant);
    return this;
  }

  public Html text(String text) {
    text.chars().forEach(this::escape);
    return this;
  }

  public Html open(String tag) {
    out.append('<').append(tag).append('>');
    return this;
  }

  public Html open(String tag, String kind) {
    return attribute(tag, "class", kind);
  }

  public Html close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  public Html element(String tag, String text) {
    return open(tag).text(text).close(tag);
  }

  public Html element(String tag, String kind, String text) {
    return open(tag, kind).text(text).close(tag);
  }

  public Html link(String address, String text) {
    return attribute("a", "href", address).text(text).close("a");
  }

  private Html attribute(String tag, String name, String value) {
    return attributes(tag, Map.of(name, value));
  }

  /// Opens a tag with these attributes, in their order.
  Html attributes(String tag, Map<String, String> attributes) {
    out.append('<').append(tag);
    attributes.forEach((name, value) -> {
      out.append(' ').append(name).append("=\"");
      text(value);
      out.append('"');
    });
    out.append('>');
    return this;
  }

  private void escape(int character) {
    switch (character) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.append((char) character);
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
