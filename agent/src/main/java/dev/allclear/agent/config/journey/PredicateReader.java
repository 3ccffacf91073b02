package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Comparison;
import dev.allclear.probes.expect.Kind;
import dev.allclear.probes.expect.Predicate;
import dev.allclear.probes.template.Template;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what must hold of a value: a map of predicates, or the value itself.
final class PredicateReader {
  private static final String WANTED = "what must hold, as {exists: true}";

  private final Variables variables;
  private final JsonReader json;

  PredicateReader(Variables variables) {
    this.variables = variables;
    json = new JsonReader(variables);
  }

  /// Of JSON: anything but a map is what it equals.
  List<Predicate> ofJson(Value value) {
    return value.isMap()
        ? predicates(value, true)
        : List.of(new Predicate.Equal(json.document(value)));
  }

  /// Of text: text is what it equals.
  List<Predicate> ofText(Value value) {
    if (value.isMap()) {
      return predicates(value, false);
    }
    Template text = variables.text(value);
    return text == null ? List.of() : List.of(new Predicate.Equal(text));
  }

  /// Of an element: its text, or the attribute that is named beside the predicates.
  List<Predicate> ofElement(Value value, Consumer<String> attribute) {
    if (!value.isMap()) {
      return ofText(value);
    }
    return predicates(
        value,
        map -> {
          String name = map.get("attribute", named -> named.text("an attribute's name, as href"));
          if (name != null) {
            attribute.accept(name);
          }
          List<Predicate> found = predicates(map, false);
          return found.isEmpty() ? List.of(new Predicate.Exists(true)) : found;
        });
  }

  /// Of a header: text is what it contains.
  List<Predicate> ofHeader(Value value) {
    if (value.isMap()) {
      return predicates(value, false);
    }
    Template text = variables.text(value);
    return text == null ? List.of() : List.of(new Predicate.Contains(text, true));
  }

  private List<Predicate> predicates(Value value, boolean ofJson) {
    return predicates(value, map -> predicates(map, ofJson));
  }

  private static List<Predicate> predicates(
      Value value, Function<MapReader, @Nullable List<Predicate>> read) {
    List<Predicate> found = value.map(WANTED, read);
    if (value.isMap() && value.keys().isEmpty()) {
      value.wrong("an empty map; write " + WANTED);
    }
    return found == null ? List.of() : found;
  }

  private List<Predicate> predicates(MapReader map, boolean ofJson) {
    List<Predicate> found = new ArrayList<>();
    add(map.get("exists", Value::flag), Predicate.Exists::new, found);
    Value equals = map.get("equals");
    if (equals != null) {
      found.add(new Predicate.Equal(operand(equals, ofJson)));
    }
    Value not = map.get("not");
    if (not != null) {
      found.add(new Predicate.Not(operand(not, ofJson)));
    }
    add(map.get("contains", variables::text), text -> new Predicate.Contains(text, false), found);
    add(map.get("matches", PredicateReader::matches), matches -> matches, found);
    Value oneOf = map.get("one-of");
    if (oneOf != null) {
      found.add(oneOf(oneOf, ofJson));
    }
    for (Comparison comparison : Comparison.values()) {
      add(
          map.get(comparison.label(), PredicateReader::number),
          number -> new Predicate.Compare(comparison, number),
          found);
    }
    add(map.get("length", LimitsReader::read), Predicate.Length::new, found);
    if (ofJson) {
      add(map.get("type", PredicateReader::kind), Predicate.Type::new, found);
    }
    Value each = map.get("each");
    if (each != null) {
      found.add(new Predicate.Each(predicates(each, ofJson)));
    }
    add(map.get("newer-than", Value::duration), Predicate.NewerThan::new, found);
    return found;
  }

  private static <T> void add(
      @Nullable T operand, Function<T, Predicate> predicate, List<Predicate> found) {
    if (operand != null) {
      found.add(predicate.apply(operand));
    }
  }

  /// Null is JSON's, or wrong.
  private @Nullable Object operand(Value value, boolean ofJson) {
    return ofJson ? json.document(value) : variables.text(value);
  }

  private Predicate oneOf(Value value, boolean ofJson) {
    List<@Nullable Object> documents = new ArrayList<>();
    for (Value each : value.list()) {
      documents.add(operand(each, ofJson));
    }
    return new Predicate.OneOf(documents);
  }

  private static @Nullable Predicate matches(Value value) {
    return value.parsed("a regular expression (RE2)", Predicate::matches);
  }

  private static @Nullable BigDecimal number(Value value) {
    return value.parsed("a number, as 3 or 0.5", PredicateReader::number);
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " is no number; write one, as 3 or 0.5", e);
    }
  }

  private static @Nullable Kind kind(Value value) {
    String label = value.choice(Stream.of(Kind.values()).map(Kind::label).toList());
    return Stream.of(Kind.values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElse(null);
  }
}
