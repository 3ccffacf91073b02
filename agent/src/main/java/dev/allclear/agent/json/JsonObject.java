package dev.allclear.agent.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object under construction: its members keep the order in which they were put.
public final class JsonObject {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  public JsonObject put(String name, @Nullable Object value) {
    members.put(name, value);
    return this;
  }

  public JsonObject putAll(JsonObject other) {
    members.putAll(other.members);
    return this;
  }

  Map<String, @Nullable Object> members() {
    return Collections.unmodifiableMap(members);
  }

  /// As JSON, on one line.
  @Override
  public String toString() {
    return Json.write(this);
  }
}
