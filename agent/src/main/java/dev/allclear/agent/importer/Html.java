package dev.allclear.agent.importer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The start tags of an HTML page, in their order. Scripts, styles and comments are passed over.
final class Html {
  private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>([^<]{0,500})</title");
  private static final Pattern ENTITY = Pattern.compile("&(#[xX]?[0-9A-Fa-f]{1,6}|[a-z]{2,4});");
  private static final Map<String, String> NAMED =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0");

  /// A start tag. Names are in lower case; of an attribute that is there twice the first counts.
  record Tag(String name, Map<String, String> attributes) {
    @Nullable String get(String attribute) {
      return attributes.get(attribute);
    }
  }

  private final String text;
  private final List<Tag> tags = new ArrayList<>();
  private int at;

  private Html(String text) {
    this.text = text;
  }

  static List<Tag> tags(String text) {
    Html html = new Html(text);
    html.read();
    return html.tags;
  }

  /// Empty if there is none.
  static String title(String text) {
    Matcher title = TITLE.matcher(text);
    return title.find() ? unescaped(title.group(1)).strip().replaceAll("\\s+", " ") : "";
  }

  private void read() {
    while ((at = text.indexOf('<', at)) >= 0) {
      if (text.startsWith("<!--", at)) {
        skipTo("-->");
      } else if (at + 1 < text.length() && isLetter(text.charAt(at + 1))) {
        at++;
        Tag tag = tag();
        tags.add(tag);
        if (tag.name.equals("script") || tag.name.equals("style")) {
          skipTo("</" + tag.name);
        }
      } else {
        at++;
      }
    }
  }

  private Tag tag() {
    String name = word(" \t\r\n\f/>");
    Map<String, String> attributes = new LinkedHashMap<>();
    skip(" \t\r\n\f/");
    while (at < text.length() && text.charAt(at) != '>') {
      int before = at;
      String attribute = word(" \t\r\n\f/>=");
      skip(" \t\r\n\f");
      String value = "";
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        skip(" \t\r\n\f");
        value = value();
      }
      attributes.putIfAbsent(attribute, unescaped(value));
      skip(" \t\r\n\f/");
      at = at == before ? at + 1 : at;
    }
    return new Tag(name, attributes);
  }

  private String value() {
    char quote = at < text.length() ? text.charAt(at) : ' ';
    if (quote != '"' && quote != '\'') {
      int begin = at;
      word(" \t\r\n\f>");
      return text.substring(begin, at);
    }
    int end = text.indexOf(quote, at + 1);
    end = end < 0 ? text.length() : end;
    String value = text.substring(at + 1, end);
    at = Math.min(end + 1, text.length());
    return value;
  }

  /// In lower case, up to any of the characters.
  private String word(String ends) {
    int begin = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(begin, at).toLowerCase(Locale.ROOT);
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + end.length();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String unescaped(String text) {
    return ENTITY
        .matcher(text)
        .replaceAll(entity -> {
          String character = character(entity.group(1));
          return Matcher.quoteReplacement(character == null ? entity.group() : character);
        });
  }

  private static @Nullable String character(String entity) {
    if (!entity.startsWith("#")) {
      return NAMED.get(entity);
    }
    boolean hex = entity.startsWith("#x") || entity.startsWith("#X");
    try {
      int code = Integer.parseInt(entity.substring(hex ? 2 : 1), hex ? 16 : 10);
      return Character.isValidCodePoint(code) ? Character.toString(code) : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
