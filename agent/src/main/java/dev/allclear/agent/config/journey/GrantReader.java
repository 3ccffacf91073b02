package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Grant;
import dev.allclear.probes.journey.TokenSource;
import dev.allclear.probes.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads how an OAuth 2 access token is asked for.
final class GrantReader {
  private static final String CLIENT = "client-credentials";
  private static final String PASSWORD = "password";
  private static final String REFRESH = "refresh-token";
  private static final String BASIC = "basic";
  private static final String SECRET = "client-secret";

  /// The key that only one grant has, and that grant.
  private static final Map<String, String> OWN =
      Map.of("username", PASSWORD, "password", PASSWORD, "refresh-token", REFRESH);

  /// What the request says by itself, and the key that says it.
  private static final Map<String, String> KEYS =
      Map.of(
          "grant_type", "grant",
          "client_id", "client-id",
          "client_secret", SECRET,
          "scope", "scope",
          "username", "username",
          "password", "password",
          "refresh_token", REFRESH);

  private final Variables noVariables;

  GrantReader(Variables noVariables) {
    this.noVariables = noVariables;
  }

  @Nullable TokenSource read(Value entry) {
    return entry.isNamed()
        ? entry.map(
            "a map, as {token-url: https://id.example/token, client-id: probe, …}",
            map -> source(entry.name(), map))
        : null;
  }

  private @Nullable TokenSource source(String name, MapReader map) {
    Template url = map.require("token-url", "a URL, as https://id.example/token", noVariables::url);
    Grant.Right right = right(map);
    Grant.Client client = client(map, right);
    Template scope = map.get("scope", noVariables::text);
    Map<String, Template> parameters = parameters(map);
    return url == null || right == null || client == null
        ? null
        : TokenSource.of(new Grant(name, url, right, client, scope, parameters));
  }

  /// What a server wants to know beside what RFC 6749 has.
  private Map<String, Template> parameters(MapReader map) {
    Map<String, Template> parameters = new LinkedHashMap<>();
    for (Value entry : map.entries("parameters", "{audience: https://shop.example/api}")) {
      String key = KEYS.get(entry.name());
      if (key != null) {
        entry.wrongKey("`%s` is written for it; write that beside `token-url`".formatted(key));
      }
      Template value = noVariables.text(entry);
      if (value != null) {
        parameters.put(entry.name(), value);
      }
    }
    return parameters;
  }

  private Grant.@Nullable Right right(MapReader map) {
    String grant =
        map.get("grant", CLIENT, value -> value.choice(List.of(CLIENT, PASSWORD, REFRESH)));
    if (grant == null) {
      OWN.keySet().forEach(map::get);
      return null;
    }
    refuseOthers(map, grant);
    return switch (grant) {
      case PASSWORD -> password(map);
      case REFRESH -> refresh(map);
      default -> new Grant.Right.ClientCredentials();
    };
  }

  private static void refuseOthers(MapReader map, String grant) {
    OWN.forEach((key, owner) -> {
      Value value = map.get(key);
      if (value != null && !owner.equals(grant)) {
        value.wrongKey("only `grant: %s` has `%s`; write that, or remove it".formatted(owner, key));
      }
    });
  }

  private Grant.@Nullable Right password(MapReader map) {
    Template user = map.require("username", "one, as probe", noVariables::text);
    Template password =
        map.require("password", "one, as \"${env:PROBE_PASSWORD}\"", noVariables::text);
    return user == null || password == null ? null : new Grant.Right.Password(user, password);
  }

  private Grant.@Nullable Right refresh(MapReader map) {
    Template token =
        map.require("refresh-token", "one, as \"${env:REFRESH_TOKEN}\"", noVariables::text);
    return token == null ? null : new Grant.Right.RefreshToken(token);
  }

  /// `right` is null if it is wrong.
  private Grant.@Nullable Client client(MapReader map, Grant.@Nullable Right right) {
    String auth = map.get("client-auth", BASIC, value -> value.choice(List.of(BASIC, "form")));
    Template id = map.require("client-id", "one, as probe", noVariables::text);
    // RFC 6749 section 4.4: only a client with a secret may.
    Template secret =
        right instanceof Grant.Right.ClientCredentials
            ? map.require(SECRET, "one, as \"${env:CLIENT_SECRET}\"", noVariables::text)
            : map.get(SECRET, noVariables::text);
    return id == null || auth == null ? null : new Grant.Client(id, secret, auth.equals(BASIC));
  }
}
