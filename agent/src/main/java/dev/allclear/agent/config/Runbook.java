package dev.allclear.agent.config;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.agent.yaml.WebUrl;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What people are to do about an outage: where it is written, and the names of its steps in their
/// order, as they are claimed.
public record Runbook(URI url, List<String> steps) {
  private static final String URL = "a URL, as https://wiki.example/runbooks/shop";

  public Runbook {
    steps = List.copyOf(steps);
  }

  /// A URL, or a map around it.
  static @Nullable Runbook read(Value value) {
    if (value.isMap()) {
      return value.map("", Runbook::read);
    }
    URI url = value.parsed(URL, WebUrl::parse);
    return url == null ? null : new Runbook(url, List.of());
  }

  private static @Nullable Runbook read(MapReader map) {
    URI url = map.require("url", URL, value -> value.parsed(URL, WebUrl::parse));
    List<String> steps =
        map.list("steps").stream()
            .map(value -> value.text("the name of a step"))
            .filter(Objects::nonNull)
            .toList();
    return url == null ? null : new Runbook(url, steps);
  }
}
