package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The keywords of JSON Schema whose cost a hostile document could drive up, in linear time; and
/// `format`, asserted.
final class SchemaKeywords implements EvaluatorFactory {

  @Override
  public Optional<Evaluator> create(SchemaParsingContext context, String keyword, JsonNode value) {
    return switch (keyword) {
      case "pattern" -> Optional.of(pattern(Syntax.regex(value.asString())));
      case "patternProperties" -> Optional.of(patternProperties(context, value));
      case "format" -> Format.of(value.asString()).map(SchemaKeywords::format);
      default -> Optional.empty();
    };
  }

  private static Evaluator pattern(Pattern pattern) {
    return (_, node) ->
        !node.isString() || pattern.matcher(node.asString()).find()
            ? Evaluator.Result.success()
            : Evaluator.Result.failure("does not match /" + pattern.pattern() + "/");
  }

  private static Evaluator format(Format format) {
    return (_, node) ->
        !node.isString() || format.allows(node.asString())
            ? Evaluator.Result.success()
            : Evaluator.Result.failure("is no " + format.label());
  }

  /// The matched names are what `additionalProperties` leaves out.
  private static Evaluator patternProperties(SchemaParsingContext context, JsonNode value) {
    Map<Pattern, String> schemas = new LinkedHashMap<>();
    value
        .asObject()
        .forEach((name, schema) -> schemas.put(Syntax.regex(name), context.getAbsoluteUri(schema)));
    return (evaluation, node) -> {
      Set<String> matched = new HashSet<>();
      boolean fits = true;
      for (Map.Entry<String, JsonNode> member : members(node).entrySet()) {
        for (Map.Entry<Pattern, String> schema : schemas.entrySet()) {
          if (schema.getKey().matcher(member.getKey()).find()) {
            matched.add(member.getKey());
            fits &= evaluation.resolveInternalRefAndValidate(schema.getValue(), member.getValue());
          }
        }
      }
      return fits ? Evaluator.Result.success(matched) : Evaluator.Result.failure();
    };
  }

  private static Map<String, JsonNode> members(JsonNode node) {
    return node.isObject() ? node.asObject() : Map.of();
  }
}
