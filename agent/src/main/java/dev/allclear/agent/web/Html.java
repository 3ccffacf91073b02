package dev.allclear.agent.web;

/// HTML under construction. Tags and class names are ours; every text is escaped.
final class Html {
  private final StringBuilder out = new StringBuilder();

  /// Markup that holds nothing from outside.
  Html markup(String constant) {
    out.append(constant);
    return this;
  }

  Html text(String text) {
    text.chars().forEach(this::escape);
    return this;
  }

  Html open(String tag) {
    out.append('<').append(tag).append('>');
    return this;
  }

  Html open(String tag, String kind) {
    return attribute(tag, "class", kind);
  }

  Html close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  Html element(String tag, String text) {
    return open(tag).text(text).close(tag);
  }

  Html element(String tag, String kind, String text) {
    return open(tag, kind).text(text).close(tag);
  }

  Html link(String address, String text) {
    return attribute("a", "href", address).text(text).close("a");
  }

  private Html attribute(String tag, String name, String value) {
    out.append('<').append(tag).append(' ').append(name).append("=\"");
    text(value);
    out.append("\">");
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
