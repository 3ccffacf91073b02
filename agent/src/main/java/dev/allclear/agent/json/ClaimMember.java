package dev.allclear.agent.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that is told with a claim; `words` are the only ones it may be, if there are any.
public record ClaimMember(
    String name,
    Kind kind,
    boolean isRequired,
    String meaning,
    Object example,
    List<String> words) {

  /// What JSON holds there.
  public enum Kind {
    TEXT,
    FLAG,
    BYTES,
    NUMBER,
    CHOICE
  }

  /// So long may a text be.
  public static final int LONGEST = 500;

  static ClaimMember text(String name, String meaning, String example) {
    return new ClaimMember(name, Kind.TEXT, false, meaning, example, List.of());
  }

  static ClaimMember flag(String name, String meaning) {
    return new ClaimMember(name, Kind.FLAG, false, meaning, true, List.of());
  }

  static ClaimMember bytes(String name, String meaning) {
    return new ClaimMember(name, Kind.BYTES, false, meaning, 1_048_576, List.of());
  }

  static ClaimMember number(String name, String meaning) {
    return new ClaimMember(name, Kind.NUMBER, false, meaning, 2.5, List.of());
  }

  /// The first word is what it is by default.
  static ClaimMember choice(String name, String meaning, List<String> words) {
    return new ClaimMember(name, Kind.CHOICE, false, meaning, words.getFirst(), words);
  }

  ClaimMember required() {
    return new ClaimMember(name, kind, true, meaning, example, words);
  }

  /// Where nothing is told.
  Object otherwise() {
    return switch (kind) {
      case TEXT -> "";
      case FLAG -> false;
      case BYTES -> 0L;
      case NUMBER -> 0.0;
      case CHOICE -> words.getFirst();
    };
  }

  /// Null if it may be so.
  @Nullable String wrong(Object value) {
    return switch (kind) {
      case TEXT -> wrongText(value);
      case FLAG -> value instanceof Boolean ? null : name + " is not true or false";
      case BYTES ->
          (value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0
              ? null
              : name + " is not a whole number from 0";
      case NUMBER -> value instanceof Number ? null : name + " is not a number";
      case CHOICE ->
          value instanceof String word && words.contains(word)
              ? null
              : "unknown " + name + " `" + OneLine.of(String.valueOf(value)) + "`";
    };
  }

  private @Nullable String wrongText(Object value) {
    if (!(value instanceof String text)) {
      return name + " is not a string";
    }
    if (isRequired && text.isBlank()) {
      return name + " is empty";
    }
    return OneLine.is(text, LONGEST) ? null : "bad " + name;
  }

  /// What to write instead.
  String wanted() {
    return switch (kind) {
      case TEXT ->
          "at most %d characters on one line, as %s".formatted(LONGEST, Json.write(example));
      case FLAG -> "true or false";
      case BYTES -> "bytes, as " + example;
      case NUMBER -> "one, as " + example;
      case CHOICE -> "one of: " + String.join(", ", words);
    };
  }

  Object plain(Object value) {
    return value instanceof String text ? text.strip() : value;
  }
}
