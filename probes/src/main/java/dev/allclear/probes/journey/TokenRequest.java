package dev.allclear.probes.journey;

import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import okhttp3.FormBody;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/// Writes the request of a grant for an access token.
final class TokenRequest {

  private final Grant grant;
  private final Session session;
  private final Values values;
  private final Mask mask;
  private final FormBody.Builder form = new FormBody.Builder(StandardCharsets.UTF_8);

  TokenRequest(Grant grant, Session session) {
    this.grant = grant;
    this.session = session;
    values = session.values();
    mask = session.mask();
  }

  /// @param refreshToken to be used instead of the grant's own
  /// @throws IllegalArgumentException if what the templates hold makes no URL or header
  Request of(@Nullable String refreshToken) {
    Request.Builder request =
        new Request.Builder()
            .url(values.render(grant.url()))
            .header("Accept", "application/json")
            .header(UserAgent.HEADER, UserAgent.TEXT)
            .header(Trace.HEADER, session.trace().parent());
    ask(refreshToken);
    if (grant.scope() != null) {
      form.add("scope", values.render(grant.scope()));
    }
    grant.parameters().forEach((name, value) -> form.add(name, values.render(value)));
    identify(request);
    return request.post(form.build()).build();
  }

  private void ask(@Nullable String refreshToken) {
    switch (grant.right()) {
      case Grant.Right.ClientCredentials() -> form.add("grant_type", "client_credentials");
      case Grant.Right.Password(Template user, Template password) ->
          form.add("grant_type", "password")
              .add("username", values.render(user))
              .add("password", hidden(password));
      case Grant.Right.RefreshToken(Template own) ->
          form.add("grant_type", "refresh_token")
              .add("refresh_token", refreshToken == null ? hidden(own) : known(refreshToken));
    }
  }

  private void identify(Request.Builder request) {
    Grant.Client client = grant.client();
    String id = values.render(client.id());
    if (client.secret() == null) {
      form.add("client_id", id);
    } else if (client.basic()) {
      // RFC 6749 section 2.3.1: each of them form-encoded first.
      String secret = encoded(hidden(client.secret()));
      request.header("Authorization", Requests.basic(mask, encoded(id), secret));
    } else {
      form.add("client_id", id).add("client_secret", hidden(client.secret()));
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
