package dev.allclear.agent.schema;

import dev.allclear.agent.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// A map whose keys are known: no other may stand there.
final class Keys {
  private final String description;
  private final JsonObject properties = new JsonObject();
  private final List<String> required = new ArrayList<>();

  Keys(String description) {
    this.description = description;
  }

  Keys key(String name, JsonObject kind) {
    properties.put(name, kind);
    return this;
  }

  Keys required(String name, JsonObject kind) {
    required.add(name);
    return key(name, kind);
  }

  /// All of the other.
  Keys with(Keys other) {
    properties.putAll(other.properties);
    return this;
  }

  JsonObject kind() {
    JsonObject kind =
        new JsonObject()
            .put("type", "object")
            .put("description", description)
            .put("properties", properties)
            .put("additionalProperties", false);
    return required.isEmpty() ? kind : kind.put("required", required);
  }
}
