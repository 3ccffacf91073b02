package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.TokenSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the section `oauth2` defines.
public record TokenSources(Names names, Map<String, TokenSource> byName) {
  private static final String SECTION = "oauth2";

  public TokenSources {
    byName = Map.copyOf(byName);
  }

  public static TokenSources read(MapReader file, Function<String, @Nullable String> environment) {
    Map<String, TokenSource> sources = new LinkedHashMap<>();
    GrantReader reader = new GrantReader(new Variables(environment));
    for (Value entry : file.entries(SECTION, "{NAME: {token-url: https://id.example/token, …}}")) {
      TokenSource source = reader.read(entry);
      if (source != null) {
        sources.put(entry.name(), source);
      }
    }
    return new TokenSources(Names.of("token source", SECTION, file), sources);
  }
}
