package dev.allclear.probes.journey;

import com.google.re2j.Pattern;
import java.util.List;

/// What must hold of a step's answer. All of a step's expectations are evaluated.
public sealed interface Expectation {

  /// Any of the ranges, each inclusive.
  record Status(List<Range> ranges) implements Expectation {
    public Status {
      ranges = List.copyOf(ranges);
    }
  }

  record Range(int first, int last) {}

  /// Some value of the header contains the text, without regard to case.
  record Header(String name, Template contains) implements Expectation {}

  record BodyContains(Template text) implements Expectation {}

  /// Found anywhere in the body; RE2 syntax, linear time.
  record BodyMatches(Pattern pattern) implements Expectation {}

  /// The JSONPath leads to exactly one value that equals `value`: a {@link Template} (compared with
  /// a string), Number, Boolean, or {@link #NULL}.
  record Json(String path, Object value) implements Expectation {}

  /// The JSONPath leads to something.
  record JsonExists(String path) implements Expectation {}

  /// JSON's null as the expected value.
  Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };
}
