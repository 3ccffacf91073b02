package dev.allclear.probes.journey;

import dev.allclear.probes.http.Content;
import dev.allclear.probes.http.Draft;
import dev.allclear.probes.http.Question;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the request of a grant for an access token.
final class TokenRequest {

  private final Grant grant;
  private final Session session;
  private final Values values;
  private final Mask mask;
  private final Map<String, String> form = new LinkedHashMap<>();

  TokenRequest(Grant grant, Session session) {
    this.grant = grant;
    this.session = session;
    values = session.values();
    mask = session.mask();
  }

  /// @param refreshToken to be used instead of the grant's own
  /// @throws IllegalArgumentException if what the templates hold makes no URL or header
  Question of(@Nullable String refreshToken) {
    Draft draft =
        session.client().draft(values.render(grant.url())).header("Accept", "application/json");
    ask(refreshToken);
    if (grant.scope() != null) {
      form.put("scope", values.render(grant.scope()));
    }
    grant.parameters().forEach((name, value) -> form.put(name, values.render(value)));
    identify(draft);
    return draft.asking("POST", new Content.Form(form));
  }

  private void ask(@Nullable String refreshToken) {
    switch (grant.right()) {
      case Grant.Right.ClientCredentials() -> form.put("grant_type", "client_credentials");
      case Grant.Right.Password(Template user, Template password) -> {
        form.put("grant_type", "password");
        form.put("username", values.render(user));
        form.put("password", hidden(password));
      }
      case Grant.Right.RefreshToken(Template own) -> {
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken == null ? hidden(own) : known(refreshToken));
      }
    }
  }

  private void identify(Draft draft) {
    Grant.Client client = grant.client();
    String id = values.render(client.id());
    if (client.secret() == null) {
      form.put("client_id", id);
    } else if (client.basic()) {
      // RFC 6749 section 2.3.1: each of them form-encoded first.
      String secret = encoded(hidden(client.secret()));
      draft.header("Authorization", Requests.basic(mask, encoded(id), secret));
    } else {
      form.put("client_id", id);
      form.put("client_secret", hidden(client.secret()));
    }
  }

  private String hidden(Template secret) {
    return known(values.render(secret));
  }

  private String known(String secret) {
    mask.hide(secret);
    return secret;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
