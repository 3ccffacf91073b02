package dev.allclear.probes.journey;

import dev.allclear.probes.template.JsonText;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/// Turns a step into a request, with the values of variables filled in.
final class Requests {

  /// Methods OkHttp refuses to send without a body.
  private static final Set<String> BODY_REQUIRED =
      Set.of("POST", "PUT", "PATCH", "PROPPATCH", "REPORT");

  private final Action.Http action;
  private final Values values;

  private Requests(Action.Http action, Values values) {
    this.action = action;
    this.values = values;
  }

  /// @throws IllegalArgumentException if what the variables hold makes no URL or header
  static Request of(Action.Http action, Values values) {
    return new Requests(action, values).build();
  }

  private Request build() {
    Request.Builder request =
        new Request.Builder()
            .url(values.render(action.url()))
            .method(action.method(), body())
            .header("User-Agent", "allclear");
    for (Map.Entry<String, Template> header : action.headers().entrySet()) {
      request.header(header.getKey(), values.render(header.getValue()));
    }
    return request.build();
  }

  private @Nullable RequestBody body() {
    return switch (action.body()) {
      case Body.None() -> BODY_REQUIRED.contains(action.method()) ? text("", null) : null;
      case Body.Text(String type, Template content) -> text(values.render(content), type);
      case Body.Json(Object document) ->
          text(JsonText.write(document, values::render), "application/json");
      case Body.Form(Map<String, Template> fields) -> form(fields);
    };
  }

  private RequestBody form(Map<String, Template> fields) {
    FormBody.Builder form = new FormBody.Builder();
    fields.forEach((name, value) -> form.add(name, values.render(value)));
    return form.build();
  }

  /// OkHttp overwrites a header of the step with the type of its body, so that one has none then.
  private RequestBody text(String content, @Nullable String type) {
    boolean typed = action.headers().keySet().stream().anyMatch("Content-Type"::equalsIgnoreCase);
    return RequestBody.create(
        content.getBytes(StandardCharsets.UTF_8),
        type == null || typed ? null : MediaType.get(type));
  }
}
