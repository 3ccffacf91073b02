package dev.allclear.probes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a step sent, what came back, and what was expected of it: enough to see why it failed.
/// Holds no secret and at most {@link #MOST_BYTES} of text, whatever the two sides said. `answer`
/// is null if no response line arrived; of the checks, those that do not hold come first.
public record Evidence(Message request, @Nullable Message answer, List<Check> checks) {

  /// In UTF-8.
  public static final int MOST_BYTES = 16 * 1024;

  private static final int CHECKS = 3 * 1024;
  private static final int CHECK = 512;

  /// A header line.
  public record Field(String name, String value) {}

  /// `line` is method and URL, or protocol and status; `more` counts the headers left out for want
  /// of room.
  public record Message(String line, List<Field> fields, int more, Excerpt body) {

    private static final int LINE = 1024;
    private static final int FIELDS = 2 * 1024;
    private static final int FIELD = 1024;
    private static final int SENT_BODY = 2 * 1024;
    private static final int RECEIVED_BODY = 4 * 1024;

    public Message {
      fields = List.copyOf(fields);
    }

    /// What was sent. `body` is `cut` if it went on.
    public static Message sent(String line, List<Field> fields, String body, boolean cut) {
      return bounded(line, fields, Excerpt.of(body, cut, SENT_BODY));
    }

    /// What came back. `body` is `cut` if it went on.
    public static Message received(String line, List<Field> fields, String body, boolean cut) {
      return bounded(line, fields, Excerpt.of(body, cut, RECEIVED_BODY));
    }

    private static Message bounded(String line, List<Field> fields, Excerpt body) {
      List<Field> kept = new ArrayList<>();
      int left = FIELDS;
      for (Field field : fields) {
        Field shorter = new Field(start(field.name, FIELD), start(field.value, FIELD));
        left -= Excerpt.size(shorter.name) + Excerpt.size(shorter.value);
        if (left < 0) {
          break;
        }
        kept.add(shorter);
      }
      return new Message(start(line, LINE), kept, fields.size() - kept.size(), body);
    }
  }

  /// One expectation, and what came instead or as expected.
  public record Check(String expected, String actual, boolean holds) {}

  public Evidence {
    checks = List.copyOf(checks);
  }

  /// As many of the checks as there is room for.
  public static Evidence of(Message request, @Nullable Message answer, List<Check> checks) {
    List<Check> shorter =
        checks.stream()
            .sorted(Comparator.comparing(Check::holds))
            .map(each ->
                new Check(start(each.expected, CHECK), start(each.actual, CHECK), each.holds))
            .toList();
    return new Evidence(request, answer, shorter.subList(0, room(shorter)));
  }

  private static int room(List<Check> checks) {
    int left = CHECKS;
    int count = 0;
    for (Check check : checks) {
      left -= Excerpt.size(check.expected) + Excerpt.size(check.actual);
      if (left < 0) {
        break;
      }
      count++;
    }
    return count;
  }

  private static String start(String text, int bytes) {
    Excerpt excerpt = Excerpt.of(text, false, bytes - 3);
    return excerpt.cut() ? excerpt.text() + "…" : excerpt.text();
  }
}
