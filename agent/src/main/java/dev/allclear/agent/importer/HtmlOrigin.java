package dev.allclear.agent.importer;

import dev.allclear.agent.importer.Html.Tag;
import dev.allclear.agent.importer.Origin.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a value stands in an HTML page: an attribute, by CSS selector.
final class HtmlOrigin {
  private static final List<String> LINKS = List.of("action", "href", "formaction");

  private static final int FEWEST_FILLED_IN = 6;

  private final Url page;
  private final List<Tag> tags;
  private final Map<String, List<Tag>> tagsByValue = new HashMap<>();

  HtmlOrigin(StepDraft step) {
    page = step.request().url();
    tags = step.answer().isHtml() ? Html.tags(step.answer().body()) : List.of();
    for (Tag tag : tags) {
      for (String value : tag.attributes().values()) {
        tagsByValue.computeIfAbsent(value, _ -> new ArrayList<>()).add(tag);
      }
    }
  }

  List<String> passwordFields() {
    return tags.stream()
        .filter(tag -> "password".equalsIgnoreCase(tag.get("type")))
        .map(tag -> tag.get("name"))
        .filter(name -> name != null)
        .toList();
  }

  @Nullable Map<String, @Nullable Object> of(String name, String value) {
    for (Tag tag : tagsByValue.getOrDefault(value, List.of())) {
      for (Map.Entry<String, String> attribute : tag.attributes().entrySet()) {
        String called = tag.attributes().getOrDefault("name", attribute.getKey());
        if (attribute.getValue().equals(value)
            && (isNoChance(name, called, value) || isFilledIn(tag, name, value))) {
          String selector = selector(tag, attribute.getKey());
          if (selector != null) {
            return capture(selector, attribute.getKey());
          }
        }
      }
    }
    return null;
  }

  private static boolean isNoChance(String name, String called, String value) {
    return Look.isToken(value) || (Look.isGiven(name, value) && Look.isTokenName(called));
  }

  /// What the page itself put into the form that was sent.
  private static boolean isFilledIn(Tag tag, String name, String value) {
    return "hidden".equalsIgnoreCase(tag.get("type"))
        && name.equals(tag.get("name"))
        && value.length() >= FEWEST_FILLED_IN
        && value.chars().anyMatch(Character::isDigit);
  }

  /// A form or link on the page that leads to the URL.
  @Nullable Link of(Url url) {
    for (Tag tag : tags) {
      for (String attribute : LINKS) {
        String reference = tag.get(attribute);
        String selector =
            reference != null && url.equals(page.resolve(reference))
                ? selector(tag, attribute)
                : null;
        if (reference != null && selector != null) {
          String before = url.toString().endsWith(reference) ? before(url, reference) : null;
          return before == null ? null : new Link(attribute, before, capture(selector, attribute));
        }
      }
    }
    return null;
  }

  private static String before(Url url, String reference) {
    return url.toString().substring(0, url.toString().length() - reference.length());
  }

  private static Map<String, @Nullable Object> capture(String selector, String attribute) {
    Map<String, @Nullable Object> capture = new LinkedHashMap<>();
    capture.put("css", selector);
    capture.put("attribute", attribute);
    return capture;
  }

  /// One that finds this tag before all others; null if there is none that is simple.
  private @Nullable String selector(Tag tag, String attribute) {
    return Stream.of("name", "id", "property", "class", "method", "type")
        .filter(key -> !key.equals(attribute) && isSteady(tag.get(key)))
        .filter(key -> isFirst(tag, key))
        .map(key -> "%s[%s=\"%s\"]".formatted(tag.name(), key, tag.get(key)))
        .findFirst()
        .orElseGet(() -> byBeginning(tag, attribute));
  }

  private boolean isFirst(Tag tag, String key) {
    return tags.stream()
        .filter(other -> other.name().equals(tag.name()))
        .filter(other -> String.valueOf(tag.get(key)).equalsIgnoreCase(other.get(key)))
        .findFirst()
        .filter(tag::equals)
        .isPresent();
  }

  /// By the part of a link that does not change, or the presence of the attribute.
  private @Nullable String byBeginning(Tag tag, String attribute) {
    String value = String.valueOf(tag.get(attribute));
    String path = value.replaceFirst("[?#].*", "");
    boolean link = LINKS.contains(attribute) && path.length() < value.length() && isSteady(path);
    String beginning = link ? path : "";
    Tag first =
        tags.stream()
            .filter(other -> other.name().equals(tag.name()))
            .filter(other -> other.get(attribute) != null)
            .filter(other -> String.valueOf(other.get(attribute)).startsWith(beginning))
            .findFirst()
            .orElse(tag);
    if (!first.equals(tag)) {
      return null;
    }
    return beginning.isEmpty()
        ? "%s[%s]".formatted(tag.name(), attribute)
        : "%s[%s^=\"%s\"]".formatted(tag.name(), attribute, beginning);
  }

  /// Worth to be named in a selector.
  private static boolean isSteady(@Nullable String text) {
    return text != null
        && !text.isBlank()
        && text.matches("[^\"\\\\\\p{Cntrl}]{1,80}")
        && Stream.of(text.split("[/=&;:]", -1)).noneMatch(Look::isToken);
  }
}
