package dev.allclear.probes.journey;

import dev.allclear.probes.http.Content;
import dev.allclear.probes.http.Draft;
import dev.allclear.probes.http.Login;
import dev.allclear.probes.http.Question;
import dev.allclear.probes.template.JsonText;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns a step into a request, with the values of variables filled in.
final class Requests {

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
  static Question of(Action.Http action, Session session, @Nullable String token) {
    Requests requests = new Requests(action.head(), session);
    return requests.draft(token).asking(action.method(), requests.content(action.body()));
  }

  /// The opening handshake.
  ///
  /// @param token the access token, of a step that needs one
  /// @throws IllegalArgumentException if what the variables hold makes no URL, header or cookie
  static Question of(Action.Socket action, Session session, @Nullable String token) {
    return new Requests(action.head(), session).draft(token).upgrading();
  }

  private Draft draft(@Nullable String token) {
    Draft draft = session.client().draft(values.render(head.url()));
    rendered(head.query()).forEach(draft::query);
    rendered(head.headers()).forEach(draft::header);
    String authorization = authorization(token);
    if (authorization != null) {
      draft.header("Authorization", authorization);
    }
    return draft.cookies(rendered(head.cookies()));
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

  /// Hides what it is made of.
  static String basic(Mask mask, String user, String password) {
    String credentials = new Login(user, password).basic();
    mask.hide(password);
    mask.hide(credentials.substring("Basic ".length()));
    return credentials;
  }

  private Content content(Body body) {
    return switch (body) {
      case Body.None() -> new Content.None();
      case Body.Text(String type, Template content) ->
          new Content.Text(values.render(content), type);
      case Body.Json(Object document) -> json(document);
      case Body.GraphQl graphQl -> json(graphQl.document());
      case Body.Form(Map<String, Template> fields) -> new Content.Form(rendered(fields));
      case Body.File file -> file(file);
      case Body.Multipart(List<Body.Part> parts) ->
          new Content.Multipart(parts.stream().map(this::part).toList());
    };
  }

  private Content json(@Nullable Object document) {
    return new Content.Text(JsonText.write(document, values::render), "application/json");
  }

  private static Content.File file(Body.File file) {
    return new Content.File(file.path(), file.type());
  }

  private Content.Part part(Body.Part part) {
    return switch (part) {
      case Body.Part.Text(String field, Template content) ->
          new Content.Part.Text(field, values.render(content));
      case Body.Part.Attached(String field, Body.File file, Template name) ->
          new Content.Part.Attached(field, file(file), values.render(name));
    };
  }
}
