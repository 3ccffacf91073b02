package dev.allclear.probes.expect;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JsonSmartNode;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON Schema (2020-12 unless it names another draft), checked once. Formats are asserted,
/// patterns are RE2, and nothing is fetched. Any thread.
public final class JsonSchema {

  private static final URI ID = URI.create("allclear:schema");
  private static final int MOST_PROBLEMS = 3;

  private final String name;
  private final Validator validator;

  private JsonSchema(String name, Validator validator) {
    this.name = name;
    this.validator = validator;
  }

  /// Reads a schema, which findings call by the name.
  ///
  /// @throws IllegalArgumentException with what is wrong and what to write instead
  public static JsonSchema parse(String name, String text) {
    Document document = Document.parse(text);
    if (document == null) {
      throw new IllegalArgumentException(name + " is no JSON; write a JSON Schema");
    }
    Validator validator =
        new ValidatorFactory()
            .withDefaultDialect(new Dialects.Draft2020Dialect())
            .withJsonNodeFactory(new JsonSmartNode.Factory())
            .withEvaluatorFactory(new SchemaKeywords())
            .withSchemaResolver(_ -> SchemaResolver.Result.empty())
            .createValidator();
    try {
      validator.registerSchema(ID, text);
      return new JsonSchema(name, validator);
    } catch (InvalidSchemaException e) {
      throw new IllegalArgumentException(name + " is no JSON Schema: " + reason(e), e);
    } catch (JsonSchemaException | IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is no JSON Schema: " + e.getMessage(), e);
    }
  }

  private static String reason(InvalidSchemaException e) {
    return e.getErrors().isEmpty()
        ? String.valueOf(e.getMessage())
        : text(e.getErrors().getFirst());
  }

  /// What of the document does not fit; empty if all does.
  List<String> problems(@Nullable Object document) {
    try {
      List<Error> errors = validator.validate(ID, new JsonSmartNode(document)).getErrors();
      return errors.stream().map(JsonSchema::text).distinct().limit(MOST_PROBLEMS).toList();
    } catch (JsonSchemaException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static String text(Error error) {
    String at = error.getInstanceLocation();
    return (at.isEmpty() ? "it" : at) + ": " + error.getError();
  }

  @Override
  public String toString() {
    return name;
  }
}
