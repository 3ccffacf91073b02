package dev.allclear.probes.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/// A request that is being written. Whatever makes no URL, header, cookie or type is refused with
/// an {@link IllegalArgumentException} that says why.
public final class Draft {

  private static final Pattern SOCKET = Pattern.compile("^(?i:ws)(s?:)");

  /// Methods OkHttp refuses to send without a body.
  private static final Set<String> BODY_REQUIRED =
      Set.of("POST", "PUT", "PATCH", "PROPPATCH", "QUERY", "REPORT");

  private final HttpUrl.Builder url;
  private final Request.Builder request = new Request.Builder();
  private boolean typed;

  Draft(String url, Trace trace) {
    this.url = HttpUrl.get(http(url)).newBuilder();
    request.header(UserAgent.HEADER, UserAgent.TEXT).header(Trace.HEADER, trace.parent());
  }

  /// What OkHttp calls it: `ws:` is `http:`, and `wss:` is `https:`.
  static String http(String url) {
    return SOCKET.matcher(url).replaceFirst("http$1");
  }

  /// Appended to the URL, encoded.
  public Draft query(String name, String value) {
    url.addQueryParameter(name, value);
    return this;
  }

  /// Instead of the same one so far.
  public Draft header(String name, String value) {
    typed |= name.equalsIgnoreCase("Content-Type");
    request.header(name, value);
    return this;
  }

  /// Sent to the URL's host beside those the client keeps, and instead of those by the same name.
  public Draft cookies(Map<String, String> own) {
    if (!own.isEmpty()) {
      request.tag(OwnCookies.class, new OwnCookies(url.build(), own));
    }
    return this;
  }

  public Question asking(String method, Content content) {
    return new Question(request.url(url.build()).method(method, body(method, content)).build());
  }

  /// The opening handshake of a WebSocket.
  public Question upgrading() {
    return new Question(Upgrade.of(request.url(url.build())).build());
  }

  private @Nullable RequestBody body(String method, Content content) {
    return switch (content) {
      case Content.None() -> BODY_REQUIRED.contains(method) ? RequestBody.EMPTY : null;
      case Content.Text(String text, String type) ->
          RequestBody.create(text.getBytes(StandardCharsets.UTF_8), type(type));
      case Content.Form(Map<String, String> fields) -> form(fields);
      case Content.File file -> new FileBody(file.path(), type(file.type()));
      case Content.Multipart multipart -> form(multipart);
    };
  }

  private static RequestBody form(Map<String, String> fields) {
    FormBody.Builder form = new FormBody.Builder();
    fields.forEach(form::add);
    return form.build();
  }

  private static RequestBody form(Content.Multipart multipart) {
    MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
    for (Content.Part part : multipart.parts()) {
      switch (part) {
        case Content.Part.Text(String field, String text) -> form.addFormDataPart(field, text);
        case Content.Part.Attached(String field, Content.File file, String name) ->
            form.addFormDataPart(
                field, name, new FileBody(file.path(), MediaType.get(file.type())));
      }
    }
    return form.build();
  }

  /// OkHttp overwrites a header with the type of the body, so that one has none then.
  private @Nullable MediaType type(String type) {
    return typed ? null : MediaType.get(type);
  }
}
