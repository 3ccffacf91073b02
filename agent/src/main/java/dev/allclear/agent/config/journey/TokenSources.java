package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.TokenSource;
import dev.allclear.probes.template.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the section `oauth2` defines.
public record TokenSources(Names names, Map<String, TokenSource> byName) {
  private static final String SECTION = "oauth2";

  public TokenSources {
    byName = Map.copyOf(byName);
  }

  public static TokenSources read(MapReader file, Surroundings surroundings) {
    Map<String, TokenSource> sources = new LinkedHashMap<>();
    GrantReader reader = new GrantReader(new Variables(surroundings));
    for (Value entry : file.entries(SECTION, "{NAME: {token-url: https://id.example/token, …}}")) {
      TokenSource source = reader.read(entry);
      if (source != null) {
        sources.put(entry.name(), source);
      }
    }
    return new TokenSources(Names.of("token source", SECTION, file), sources);
  }
}
