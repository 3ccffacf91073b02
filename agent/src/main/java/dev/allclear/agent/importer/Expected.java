package dev.allclear.agent.importer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What to expect of an answer, given the one that was recorded: little, and nothing that changes
/// from one time to the next.
final class Expected {
  private static final int NOT_MODIFIED = 304;
  private static final int LONGEST_TITLE = 80;

  private Expected() {}

  static Map<String, @Nullable Object> of(String method, Answer answer) {
    Map<String, @Nullable Object> expect = new LinkedHashMap<>();
    expect.put("status", answer.status() == NOT_MODIFIED ? 200 : answer.status());
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
