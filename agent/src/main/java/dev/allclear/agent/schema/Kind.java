package dev.allclear.agent.schema;

import dev.allclear.agent.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Kinds of values, in the words of JSON Schema (draft 2020-12). YAML's numbers and booleans are
/// texts to the readers, wherever they want one.
final class Kind {
  private static final String DURATION =
      "^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";
  private static final List<String> SCALAR = List.of("string", "number", "boolean");

  private Kind() {}

  /// As it stands under `$defs`.
  static JsonObject ref(String definition) {
    return new JsonObject().put("$ref", "#/$defs/" + definition);
  }

  /// The same, with what it is for in this place.
  static JsonObject ref(String definition, String description) {
    return ref(definition).put("description", description);
  }

  /// Any scalar; templates may stand in most of them.
  static JsonObject text(String description, Object... examples) {
    return described(new JsonObject().put("type", SCALAR), description, examples);
  }

  static JsonObject flag(String description) {
    return described(new JsonObject().put("type", "boolean"), description);
  }

  static JsonObject count(String description) {
    return described(
        new JsonObject().put("type", "integer").put("minimum", 1).put("maximum", 9999),
        description);
  }

  static JsonObject count(String description, int otherwise) {
    return count(description).put("default", otherwise);
  }

  static JsonObject number(String description, Object... examples) {
    return described(new JsonObject().put("type", "number"), description, examples);
  }

  static JsonObject duration(String description, Object... examples) {
    return described(
        new JsonObject().put("type", "string").put("pattern", DURATION), description, examples);
  }

  static JsonObject choice(String description, Object... words) {
    return described(new JsonObject().put("enum", Arrays.asList(words)), description);
  }

  static JsonObject any(String description, Object... examples) {
    return described(new JsonObject(), description, examples);
  }

  static JsonObject list(String description, JsonObject element) {
    return described(new JsonObject().put("type", "array").put("items", element), description);
  }

  /// A list, or one element without.
  static JsonObject oneOrMore(String description, JsonObject element) {
    return either(
        description, element, new JsonObject().put("type", "array").put("items", element));
  }

  /// Names that the operator chooses, and what each stands for.
  static JsonObject map(String description, JsonObject value) {
    return described(
        new JsonObject().put("type", "object").put("additionalProperties", value), description);
  }

  static JsonObject either(String description, JsonObject... kinds) {
    return described(
        new JsonObject().put("anyOf", new ArrayList<>(Arrays.asList(kinds))), description);
  }

  private static JsonObject described(JsonObject kind, String description, Object... examples) {
    kind.put("description", description);
    return examples.length == 0 ? kind : kind.put("examples", Arrays.asList(examples));
  }
}
