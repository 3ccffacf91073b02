package dev.allclear.probes.journey;

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

  private final Step step;
  private final Variables variables;

  private Requests(Step step, Variables variables) {
    this.step = step;
    this.variables = variables;
  }

  /// @throws IllegalArgumentException if what the variables hold makes no URL or header
  static Request of(Step step, Variables variables) {
    return new Requests(step, variables).build();
  }

  /// Method and URL without user and password.
  static String shown(Step step, Variables variables) {
    return step.method() + " " + variables.render(step.url()).replaceFirst("//[^/?#@]*@", "//***@");
  }

  private Request build() {
    Request.Builder request =
        new Request.Builder()
            .url(variables.render(step.url()))
            .method(step.method(), body())
            .header("User-Agent", "allclear");
    for (Map.Entry<String, Template> header : step.headers().entrySet()) {
      request.header(header.getKey(), variables.render(header.getValue()));
    }
    return request.build();
  }

  private @Nullable RequestBody body() {
    return switch (step.body()) {
      case Body.None() -> BODY_REQUIRED.contains(step.method()) ? text("", null) : null;
      case Body.Text(String type, Template content) -> text(variables.render(content), type);
      case Body.Json(Object document) ->
          text(JsonText.write(document, variables::render), "application/json");
      case Body.Form(Map<String, Template> fields) -> form(fields);
    };
  }

  private RequestBody form(Map<String, Template> fields) {
    FormBody.Builder form = new FormBody.Builder();
    fields.forEach((name, value) -> form.add(name, variables.render(value)));
    return form.build();
  }

  /// OkHttp overwrites a header of the step with the type of its body, so that one has none then.
  private RequestBody text(String content, @Nullable String type) {
    boolean typed = step.headers().keySet().stream().anyMatch("Content-Type"::equalsIgnoreCase);
    return RequestBody.create(
        content.getBytes(StandardCharsets.UTF_8),
        type == null || typed ? null : MediaType.get(type));
  }
}
