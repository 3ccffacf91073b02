package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How access tokens are asked for (RFC 6749): where, as which client, and by what right.
public record Grant(
    String name,
    Template url,
    Right right,
    Client client,
    @Nullable Template scope,
    Map<String, Template> parameters) {
  public Grant {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /// Without further parameters.
  public Grant(String name, Template url, Right right, Client client, @Nullable Template scope) {
    this(name, url, right, client, scope, Map.of());
  }

  public sealed interface Right {

    /// Section 4.4: the client's own.
    record ClientCredentials() implements Right {}

    /// Section 4.3.
    record Password(Template user, Template password) implements Right {}

    /// Section 6. If an answer brings another refresh token, the next request uses that.
    record RefreshToken(Template token) implements Right {}
  }

  /// A client without a secret is a public one. `basic` says whether the secret goes into the
  /// Authorization header or into the form (section 2.3.1).
  public record Client(Template id, @Nullable Template secret, boolean basic) {}

  /// What fetching a token is called among the steps of a run.
  String stepName() {
    return "token " + name;
  }

  /// All templates in it.
  Stream<Template> templates() {
    Stream<Template> rights =
        switch (right) {
          case Right.ClientCredentials() -> Stream.empty();
          case Right.Password(Template user, Template password) -> Stream.of(user, password);
          case Right.RefreshToken(Template token) -> Stream.of(token);
        };
    Stream<Template> own = Stream.of(url, client.id, client.secret, scope).filter(Objects::nonNull);
    return Stream.of(rights, own, parameters.values().stream()).flatMap(some -> some);
  }
}
