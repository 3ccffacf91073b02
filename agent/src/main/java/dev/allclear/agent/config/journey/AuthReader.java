package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Auth;
import dev.allclear.probes.template.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads as whom steps ask: `basic`, `bearer` or `oauth2`.
final class AuthReader {
  private static final List<String> KINDS = List.of("basic", "bearer", "oauth2");
  private static final String NAME = "a name, as `user: probe`";
  private static final String PASSWORD = "one, as `password: \"${env:PROBE_PASSWORD}\"`";

  private final Variables variables;
  private final TokenSources sources;

  AuthReader(Variables variables, TokenSources sources) {
    this.variables = variables;
    this.sources = sources;
  }

  /// Null if nothing is written, and if it is wrong.
  @Nullable Auth read(MapReader map, boolean hasHeader) {
    List<Value> written = map.allOf(KINDS);
    if (written.isEmpty()) {
      return null;
    }
    Value first = written.getFirst();
    if (hasHeader) {
      first.wrongKey(
          "`%s` is the Authorization header, which is there; write one of them"
              .formatted(first.name()));
    }
    if (written.size() > 1) {
      written
          .get(1)
          .wrongKey("there is one Authorization; write only one of: " + String.join(", ", KINDS));
    }
    return switch (first.name()) {
      case "basic" -> first.map("{user: NAME, password: PASSWORD}", this::basic);
      case "bearer" -> bearer(first);
      default -> oauth2(first);
    };
  }

  private @Nullable Auth basic(MapReader map) {
    Template user = map.require("user", NAME, this::user);
    Template password = map.require("password", PASSWORD, variables::text);
    return user == null || password == null ? null : new Auth.Basic(user, password);
  }

  /// RFC 7617: the first colon ends it.
  private @Nullable Template user(Value value) {
    Template user = variables.text(value);
    if (user != null && user.render(_ -> "").contains(":")) {
      value.wrong("a user has no colon in `basic`; write it without");
    }
    return user;
  }

  private @Nullable Auth bearer(Value value) {
    Template token = variables.header(value, "");
    return token == null ? null : new Auth.Bearer(token);
  }

  private @Nullable Auth oauth2(Value value) {
    String name = sources.names().resolve(value);
    return name == null || sources.byName().get(name) == null
        ? null
        : new Auth.OAuth2(sources.byName().get(name));
  }
}
