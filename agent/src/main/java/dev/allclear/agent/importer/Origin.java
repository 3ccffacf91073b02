package dev.allclear.agent.importer;

import dev.allclear.agent.importer.Texts.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where in the answer of a step a value stands that a later request sent: the keys of a capture
/// that finds it. Each was tried on the recorded answer and finds this very value there.
final class Origin {
  private static final int MOST_CONTEXT = 60;
  private static final int FEWEST_CONTEXT = 6;
  private static final String META = "\\^$.|?*+()[]{}";

  private final StepDraft step;
  private final JsonOrigin json;
  private final HtmlOrigin html;

  Origin(StepDraft step) {
    this.step = step;
    json = new JsonOrigin(step.answer());
    html = new HtmlOrigin(step);
  }

  /// Names of the fields that browsers show as dots.
  List<String> passwordFields() {
    return html.passwordFields();
  }

  /// Null if it is not there, or may be there by chance.
  @Nullable Map<String, @Nullable Object> of(Place place, String name, String value) {
    return firstOf(
        () -> location(name, value),
        () -> json.of(place, name, value),
        () -> html.of(name, value),
        () -> header(name, value),
        () -> cookie(name, value),
        () -> text(value));
  }

  /// A URL of which a part changes: what leads to it, and how the step's URL is written then.
  @Nullable Link of(Url url) {
    String location = step.answer().location();
    Url target = location == null ? null : step.request().url().resolve(location);
    if (url.equals(target)) {
      return new Link("next", "", Map.of("redirect", "location"));
    }
    Link link = html.of(url);
    return link == null ? json.of(step.request().url(), url) : link;
  }

  /// A capture that holds the end of a URL; `before` is what it begins with.
  record Link(String name, String before, Map<String, @Nullable Object> capture) {}

  @SafeVarargs
  private static <T> @Nullable T firstOf(Supplier<@Nullable T>... ways) {
    for (Supplier<@Nullable T> way : ways) {
      T found = way.get();
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Map<String, @Nullable Object> location(String name, String value) {
    String location = step.answer().location();
    if (location == null
        || !(Look.isToken(value) || Look.isNumber(value) || Look.isTokenName(name))) {
      return null;
    }
    for (String regex :
        List.of("[?&#]" + escaped(name) + "=([^&#]+)", "/" + escaped(name) + "/([^/?#]+)")) {
      if (value.equals(firstGroup(regex, location))) {
        Map<String, @Nullable Object> capture = new LinkedHashMap<>();
        capture.put("redirect", "location");
        capture.put("regex", regex);
        return capture;
      }
    }
    return null;
  }

  private @Nullable Map<String, @Nullable Object> header(String name, String value) {
    return Look.isGiven(name, value)
        ? step.answer().headers().stream()
            .filter(header -> header.value().equals(value))
            .filter(header -> value.equals(Pair.value(step.answer().headers(), header.name())))
            .findFirst()
            .map(header -> Origin.<@Nullable Object>one("header", header.name()))
            .orElse(null)
        : null;
  }

  private @Nullable Map<String, @Nullable Object> cookie(String name, String value) {
    return Look.isGiven(name, value)
        ? step.answer().cookies().stream()
            .filter(cookie -> cookie.value().equals(value))
            .findFirst()
            .map(cookie -> Origin.<@Nullable Object>one("cookie", cookie.name()))
            .orElse(null)
        : null;
  }

  private static <T extends @Nullable Object> Map<String, T> one(String key, T value) {
    return Map.of(key, value);
  }

  /// By what stands right before it.
  private @Nullable Map<String, @Nullable Object> text(String value) {
    String body = step.answer().body();
    int at = Look.isToken(value) ? body.indexOf(value) : -1;
    if (at < 0) {
      return null;
    }
    String kind =
        Stream.of("[0-9A-Fa-f-]", "[\\w-]", "[\\w.~+/=-]")
            .filter(each -> value.matches(each + "+"))
            .findFirst()
            .orElse("[^\"'<>&\\s]");
    for (String context : contexts(body.substring(Math.max(0, at - MOST_CONTEXT), at))) {
      String regex = escaped(context) + "(" + kind + "+)";
      if (value.equals(firstGroup(regex, body))) {
        return Map.of("regex", regex);
      }
    }
    return null;
  }

  /// Ends of what stands before it in its line, from short to long, each beginning with a word.
  private static List<String> contexts(String before) {
    String line =
        before.substring(1 + Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')));
    List<String> contexts = new ArrayList<>();
    for (int length = FEWEST_CONTEXT; length < line.length(); length *= 2) {
      int begin = line.length() - length;
      while (begin > 0 && Character.isLetterOrDigit(line.charAt(begin - 1))) {
        begin--;
      }
      contexts.add(line.substring(begin));
    }
    contexts.add(line);
    return contexts;
  }

  private static @Nullable String firstGroup(String regex, String text) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(META.indexOf(c) < 0 ? "" : "\\").append(c);
    }
    return escaped.toString();
  }
}
