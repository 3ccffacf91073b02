package dev.allclear.probes.expect;

import com.google.re2j.Matcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came back to one step, as far as its checks look at it. `cut` is true if the body went on
/// after `body`.
public record Answer(
    int status, List<Header> headers, String body, boolean cut, @Nullable Document document) {

  /// A header line, in the order and spelling in which it came.
  public record Header(String name, String value) {}

  public Answer {
    headers = List.copyOf(headers);
  }

  public static Answer of(
      int status, List<Header> headers, String body, boolean cut, boolean json) {
    return new Answer(status, headers, body, cut, json ? Document.parse(body) : null);
  }

  /// The values of all lines of a header.
  List<String> values(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /// The value to capture, or null if it is not there.
  @Nullable String find(Capture.Source source) {
    return switch (source) {
      case Capture.Source.Json(String path) -> single(path);
      case Capture.Source.Regex(var pattern) -> firstMatch(pattern.matcher(body));
      case Capture.Source.Header(String name) -> values(name).stream().findFirst().orElse(null);
    };
  }

  private static @Nullable String firstMatch(Matcher matcher) {
    return matcher.find() ? matcher.group(Math.min(1, matcher.groupCount())) : null;
  }

  private @Nullable String single(String path) {
    List<@Nullable Object> values = document == null ? List.of() : document.at(path);
    return values.size() == 1
            && (values.getFirst() instanceof String
                || values.getFirst() instanceof Number
                || values.getFirst() instanceof Boolean)
        ? String.valueOf(values.getFirst())
        : null;
  }
}
