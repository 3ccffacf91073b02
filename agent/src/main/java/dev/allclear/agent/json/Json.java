package dev.allclear.agent.json;

import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// Trees of [JsonObject], `Map`, `Iterable`, `String`, `Number`, `Boolean` and null, as JSON on one
/// line. An `Instant` becomes RFC 3339 in UTC with milliseconds, a `Duration` decimal seconds, both
/// rounded down.
public final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final ObjectReader ELEMENT =
      MAPPER.readerFor(Object.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final PrettyPrinter LINES =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private Json() {}

  public static String write(@Nullable Object tree) {
    return write(tree, MAPPER.writer());
  }

  /// Indented, for people.
  public static String writeLines(@Nullable Object tree) {
    return write(tree, MAPPER.writer().with(LINES));
  }

  private static String write(@Nullable Object tree, ObjectWriter writer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = writer.createGenerator(text)) {
      write(out, tree);
    }
    return text.toString();
  }

  /// The tree of a text: `Map`, `List`, `String`, `Number`, `Boolean` or null.
  ///
  /// @throws IllegalArgumentException if it is not JSON
  public static @Nullable Object read(String text) {
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /// Gives each element of the list that `path` leads to, and keeps none of them.
  ///
  /// @throws IllegalArgumentException if it is not JSON, or nothing is there
  public static void elements(
      InputStream in, List<String> path, Consumer<@Nullable Object> element) {
    try (JsonParser parser = MAPPER.createParser(in)) {
      parser.nextToken();
      for (int depth = 0; depth < path.size(); depth++) {
        enter(parser, path.subList(0, depth + 1));
      }
      if (!parser.isExpectedStartArrayToken()) {
        throw new IllegalArgumentException(String.join(".", path) + " is not a list");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        element.accept(ELEMENT.readValue(parser));
      }
    } catch (JacksonIOException e) {
      throw new UncheckedIOException(e.getCause());
    } catch (JacksonException e) {
      String where = " \\((for|start marker) .*"; // it is redacted anyway
      throw new IllegalArgumentException(
          "not JSON: " + e.getOriginalMessage().replaceFirst(where, ""), e);
    }
  }

  /// From an object's begin to the value of its member that is last in `path`.
  private static void enter(JsonParser parser, List<String> path) {
    if (!parser.isExpectedStartObjectToken()) {
      String outer = String.join(".", path.subList(0, path.size() - 1));
      throw new IllegalArgumentException(
          outer.isEmpty() ? "not a JSON object" : outer + " is not an object");
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (name.equals(path.getLast())) {
        return;
      }
      parser.skipChildren();
    }
    throw new IllegalArgumentException(String.join(".", path) + " is missing");
  }

  private static void write(JsonGenerator out, @Nullable Object tree) {
    switch (tree) {
      case null -> out.writeNull();
      case JsonObject object -> write(out, object.members());
      case Map<?, ?> members -> writeObject(out, members);
      case Iterable<?> elements -> writeArray(out, elements);
      case String text -> out.writeString(text);
      case Boolean truth -> out.writeBoolean(truth);
      case Number number -> writeNumber(out, number);
      case Instant time -> out.writeString(MILLISECONDS.format(time));
      case Duration length -> out.writeNumber(seconds(length));
      default -> throw new IllegalArgumentException("no JSON for a " + tree.getClass().getName());
    }
  }

  private static void writeObject(JsonGenerator out, Map<?, ?> members) {
    out.writeStartObject();
    members.forEach((name, value) -> {
      out.writeName(String.valueOf(name));
      write(out, value);
    });
    out.writeEndObject();
  }

  private static void writeArray(JsonGenerator out, Iterable<?> elements) {
    out.writeStartArray();
    elements.forEach(element -> write(out, element));
    out.writeEndArray();
  }

  private static void writeNumber(JsonGenerator out, Number number) {
    switch (number) {
      case Integer whole -> out.writeNumber(whole);
      case Long whole -> out.writeNumber(whole);
      case BigDecimal decimal -> out.writeNumber(decimal);
      case Double decimal when Double.isFinite(decimal) -> out.writeNumber(decimal);
      default -> throw new IllegalArgumentException("no JSON for the number " + number);
    }
  }

  /// With one to three decimals.
  private static BigDecimal seconds(Duration length) {
    BigDecimal shortest = BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros();
    return shortest.scale() < 1 ? shortest.setScale(1) : shortest;
  }
}
