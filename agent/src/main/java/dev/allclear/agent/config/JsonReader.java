package dev.allclear.agent.config;

import dev.allclear.probes.journey.Expectation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads YAML as the JSON it stands for, with a template for every string.
final class JsonReader {
  private final Variables variables;

  JsonReader(Variables variables) {
    this.variables = variables;
  }

  /// Null is JSON's.
  @Nullable Object document(Value value) {
    return switch (value.node().getNodeType()) {
      case MAPPING -> object(value);
      case SEQUENCE -> array(value);
      case SCALAR, ANCHOR -> {
        Object scalar = scalar(value);
        yield Expectation.NULL.equals(scalar) ? null : scalar;
      }
    };
  }

  /// A template, number, boolean or {@link Expectation#NULL}; null if it is wrong.
  @Nullable Object scalar(Value value) {
    Tag tag = value.node().getTag();
    if (value.isNull()) {
      return Expectation.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return value.flag();
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return value.parsed("a number", JsonReader::number);
    }
    return variables.text(value);
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
