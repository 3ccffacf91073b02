package dev.allclear.probes.journey;

import dev.allclear.probes.template.JsonText;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/// Turns a step into a request, with the values of variables filled in.
final class Requests {

  private static final String AUTHORIZATION = "Authorization";

  /// Methods OkHttp refuses to send without a body.
  private static final Set<String> BODY_REQUIRED =
      Set.of("POST", "PUT", "PATCH", "PROPPATCH", "QUERY", "REPORT");

  private final Head head;
  private final Session session;
  private final Values values;
  private final Mask mask;

  private Requests(Head head, Session session) {
    this.head = head;
    this.session = session;
    values = session.values();
    mask = session.mask();
  }

  /// @param token the access token, of a step that needs one
  /// @throws IllegalArgumentException if what the variables hold makes no URL, header or cookie
  static Request of(Action.Http action, Session session, @Nullable String token) {
    Requests requests = new Requests(action.head(), session);
    return requests
        .head(token)
        .method(action.method(), requests.body(action.method(), action.body()))
        .build();
  }

  /// The opening handshake.
  ///
  /// @param token the access token, of a step that needs one
  /// @throws IllegalArgumentException if what the variables hold makes no URL, header or cookie
  static Request of(Action.Socket action, Session session, @Nullable String token) {
    return Upgrade.of(new Requests(action.head(), session).head(token)).build();
  }

  /// Method and URL without user and password.
  static String shown(Request request) {
    return request.method() + " " + url(request);
  }

  /// The URL without user and password.
  static String url(Request request) {
    String url = request.url().toString().replaceFirst("//[^/?#@]*@", "//***@");
    return Upgrade.isAskedBy(request) ? url.replaceFirst("http", "ws") : url;
  }

  private Request.Builder head(@Nullable String token) {
    HttpUrl url = url();
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header(UserAgent.HEADER, UserAgent.TEXT)
            .header(Trace.HEADER, session.trace().parent());
    head.headers().forEach((name, value) -> request.header(name, values.render(value)));
    String authorization = authorization(token);
    if (authorization != null) {
      request.header(AUTHORIZATION, authorization);
    }
    if (!head.cookies().isEmpty()) {
      request.tag(StepCookies.class, new StepCookies(url, rendered(head.cookies())));
    }
    return request;
  }

  private HttpUrl url() {
    HttpUrl.Builder url = HttpUrl.get(http(values.render(head.url()))).newBuilder();
    head.query().forEach((name, value) -> url.addQueryParameter(name, values.render(value)));
    return url.build();
  }

  /// What OkHttp calls it: `ws:` is `http:`, and `wss:` is `https:`.
  private static String http(String url) {
    return url.replaceFirst("^(?i:ws)(s?:)", "http$1");
  }

  private Map<String, String> rendered(Map<String, Template> templates) {
    Map<String, String> rendered = new LinkedHashMap<>();
    templates.forEach((name, value) -> rendered.put(name, values.render(value)));
    return rendered;
  }

  private @Nullable String authorization(@Nullable String token) {
    return switch (head.auth()) {
      case Auth.None() -> null;
      case Auth.Basic(Template user, Template password) ->
          basic(mask, values.render(user), values.render(password));
      case Auth.Bearer(Template bearer) -> bearer(values.render(bearer));
      case Auth.OAuth2 _ -> bearer(Objects.requireNonNull(token));
    };
  }

  private String bearer(String token) {
    mask.hide(token);
    return "Bearer " + token;
  }

  /// RFC 7617.
  static String basic(Mask mask, String user, String password) {
    String credentials = Credentials.basic(user, password, StandardCharsets.UTF_8);
    mask.hide(password);
    mask.hide(credentials.substring("Basic ".length()));
    return credentials;
  }

  private @Nullable RequestBody body(String method, Body body) {
    return switch (body) {
      case Body.None() -> BODY_REQUIRED.contains(method) ? text("", null) : null;
      case Body.Text(String type, Template content) -> text(values.render(content), type);
      case Body.Json(Object document) -> json(document);
      case Body.GraphQl graphQl -> json(graphQl.document());
      case Body.Form(Map<String, Template> fields) -> form(fields);
      case Body.File file -> new FileBody(file.path(), type(file.type()));
      case Body.Multipart(List<Body.Part> parts) -> multipart(parts);
    };
  }

  private RequestBody json(@Nullable Object document) {
    return text(JsonText.write(document, values::render), "application/json");
  }

  private RequestBody form(Map<String, Template> fields) {
    FormBody.Builder form = new FormBody.Builder();
    fields.forEach((name, value) -> form.add(name, values.render(value)));
    return form.build();
  }

  private RequestBody multipart(List<Body.Part> parts) {
    MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
    for (Body.Part part : parts) {
      switch (part) {
        case Body.Part.Text(String field, Template content) ->
            form.addFormDataPart(field, values.render(content));
        case Body.Part.Attached(String field, Body.File file, Template name) ->
            form.addFormDataPart(
                field, values.render(name), new FileBody(file.path(), MediaType.get(file.type())));
      }
    }
    return form.build();
  }

  private RequestBody text(String content, @Nullable String type) {
    return RequestBody.create(content.getBytes(StandardCharsets.UTF_8), type(type));
  }

  /// OkHttp overwrites a header of the step with the type of its body, so that one has none then.
  private @Nullable MediaType type(@Nullable String type) {
    return type == null || head.sets("Content-Type") ? null : MediaType.get(type);
  }
}
