package dev.allclear.agent.importer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What to expect of an answer, given the one that was recorded: little, and nothing that changes
/// from one time to the next.
final class Expected {
  private static final int NOT_MODIFIED = 304;
  private static final int LONGEST_TITLE = 80;

  private static final Pattern QUOTED = Pattern.compile("[.*+?()\\[\\]{}|^$\\\\]");

  private Expected() {}

  static Map<String, @Nullable Object> of(String method, Answer answer) {
    Map<String, @Nullable Object> expect = new LinkedHashMap<>();
    expect.put("status", answer.status() == NOT_MODIFIED ? 200 : answer.status());
    String path = answer.location() == null ? "" : path(answer.location());
    if (!path.isEmpty()) {
      expect.put("header", Map.of("Location", Map.of("matches", leadingTo(path))));
    }
    boolean body = !method.equals("HEAD") && answer.status() != 204 && answer.location() == null;
    if (body && !answer.type().isEmpty()) {
      expect.put("header", Map.of("Content-Type", answer.type()));
    }
    String title = title(answer);
    if (body && !title.isEmpty()) {
      expect.put("css", Map.of("title", title.replace("${", "$${")));
    }
    return expect;
  }

  /// Whatever host and query it has.
  private static String leadingTo(String path) {
    return "^(https?://[^/]*)?" + QUOTED.matcher(path).replaceAll("\\\\$0") + "([?#]|$)";
  }

  /// Empty if it may be another the next time.
  private static String path(String location) {
    Url url = Url.parse(location);
    String path = url == null ? location.replaceFirst("[?#].*", "") : url.path();
    boolean steady =
        path.startsWith("/")
            && Stream.of(path.split("/", -1))
                .noneMatch(each -> Look.isToken(each) || Look.isNumber(each));
    return steady ? path : "";
  }

  /// Empty if it may be another the next time.
  static String title(Answer answer) {
    String title = answer.isHtml() ? Html.title(answer.body()) : "";
    boolean steady =
        title.length() <= LONGEST_TITLE
            && title.chars().noneMatch(Character::isDigit)
            && title.chars().noneMatch(Character::isISOControl)
            && Stream.of(title.split(" ", -1)).noneMatch(Look::isToken);
    return steady ? title : "";
  }
}
