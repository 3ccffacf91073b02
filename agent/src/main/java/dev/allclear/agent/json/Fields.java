package dev.allclear.agent.json;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object that was read. Members nobody asks for are ignored: a newer version
/// may have written them. One that is missing or of another kind is an `IllegalArgumentException`
/// that names it by its path.
public record Fields(String path, Map<?, ?> members) {

  static Fields of(String text) {
    return of("", Json.read(text));
  }

  /// Those of a tree that {@link Json} read, which stands at `path` of its text.
  public static Fields of(String path, @Nullable Object tree) {
    if (tree instanceof Map<?, ?> members) {
      return new Fields(path, members);
    }
    throw new IllegalArgumentException(
        path.isEmpty() ? "not a JSON object" : path + " is not an object");
  }

  /// Whether there is such a member, and it is not null.
  public boolean has(String name) {
    return members.get(name) != null;
  }

  public Fields object(String name) {
    return of(path(name), member(name));
  }

  public List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (Object element : member(name, List.class, "a list")) {
      objects.add(of(path(name) + '[' + objects.size() + ']', element));
    }
    return objects;
  }

  public String text(String name) {
    return member(name, String.class, "a string");
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object element : member(name, List.class, "a list")) {
      texts.add(expect(element, String.class, path(name) + " is not a list of strings"));
    }
    return texts;
  }

  boolean truth(String name) {
    return member(name, Boolean.class, "true or false");
  }

  public long number(String name) {
    Object value = member(name);
    return value instanceof Integer || value instanceof Long
        ? ((Number) value).longValue()
        : expect(value, Long.class, path(name) + " is not a whole number");
  }

  double decimal(String name) {
    return member(name, Number.class, "a number").doubleValue();
  }

  public Instant time(String name) {
    return parsed(name, Instant::parse);
  }

  Duration length(String name) {
    return parsed(name, Duration::parse);
  }

  /// The constant with this label.
  <E extends Enum<E>> E oneOf(String name, E[] constants, Function<E, String> label) {
    String text = text(name);
    return Arrays.stream(constants)
        .filter(constant -> label.apply(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(path(name) + " is unknown: \"" + text + '"'));
  }

  Moment moment(String name) {
    return TimeJson.moment(object(name));
  }

  Bounds bounds(String name) {
    return TimeJson.bounds(object(name));
  }

  private <T> T parsed(String name, Function<String, T> parse) {
    String text = text(name);
    try {
      return parse.apply(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(path(name) + " cannot be read: \"" + text + '"', e);
    }
  }

  private <T> T member(String name, Class<T> kind, String what) {
    return expect(member(name), kind, path(name) + " is not " + what);
  }

  private Object member(String name) {
    Object value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException(path(name) + " is missing");
    }
    return value;
  }

  private static <T> T expect(@Nullable Object value, Class<T> kind, String otherwise) {
    if (kind.isInstance(value)) {
      return kind.cast(value);
    }
    throw new IllegalArgumentException(otherwise);
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }
}
