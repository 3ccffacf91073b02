package dev.allclear.probes.expect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a source leads to in an answer.
sealed interface Found {

  /// Strings, or JSON: lists, maps, numbers, booleans and null. `several` is true if the source may
  /// lead to any number of values, which then count as one list.
  record Values(List<@Nullable Object> values, boolean several) implements Found {
    public Values {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /// The one value, or all of them as a list.
    @Nullable Object whole() {
      return several ? values : values.getFirst();
    }
  }

  /// It leads nowhere; `is` completes the source's name, as in "$.id is missing".
  record Missing(String is) implements Found {}

  /// The answer is not even of the kind that the source looks into.
  record Unreadable(String why) implements Found {}

  static Found text(@Nullable String text) {
    return text == null ? new Missing("is missing") : one(text);
  }

  static Values one(@Nullable Object value) {
    return new Values(Collections.singletonList(value), false);
  }

  static Found all(List<? extends @Nullable Object> values) {
    return values.isEmpty()
        ? new Missing("is missing")
        : new Values(new ArrayList<@Nullable Object>(values), true);
  }
}
