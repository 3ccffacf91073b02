package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads YAML as the JSON it stands for, with a template for every string.
final class JsonReader {
  /// JSON's null, where Java's says that what is written is wrong.
  static final Object NULL = new Object();

  private final Variables variables;

  JsonReader(Variables variables) {
    this.variables = variables;
  }

  /// Null is JSON's.
  @Nullable Object document(Value value) {
    return switch (value.kind()) {
      case MAP -> object(value);
      case LIST -> array(value);
      case TEXT, NUMBER, FLAG, NULL -> {
        Object scalar = scalar(value);
        yield NULL.equals(scalar) ? null : scalar;
      }
    };
  }

  /// A template, number, boolean or {@link #NULL}; null if it is wrong.
  @Nullable Object scalar(Value value) {
    return switch (value.kind()) {
      case NULL -> NULL;
      case FLAG -> value.flag();
      case NUMBER -> value.parsed("a number", JsonReader::number);
      case TEXT, MAP, LIST -> variables.text(value);
    };
  }

  private Map<String, @Nullable Object> object(Value value) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (Value member : value.entries("a map")) {
      object.put(member.name(), document(member));
    }
    return object;
  }

  private List<@Nullable Object> array(Value value) {
    List<@Nullable Object> array = new ArrayList<>();
    for (Value element : value.list()) {
      array.add(document(element));
    }
    return array;
  }

  private static Number number(String text) {
    try {
      if (text.startsWith("0x")) {
        return new BigInteger(text.substring(2), 16);
      }
      return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "JSON has no number " + Value.quoted(text) + "; write it in quotes", e);
    }
  }
}
