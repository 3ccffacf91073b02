package dev.allclear.agent.config;

import dev.allclear.agent.config.journey.JourneySettings;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.HostPort;
import dev.allclear.agent.yaml.YamlFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything the operator decided. Maps are in the file's order.
public record Settings(
    AgentSettings agent,
    Map<String, ResolverSettings> resolvers,
    List<ServiceSettings> services,
    Map<String, JourneySettings> journeys,
    Map<String, DnsSettings> dns,
    WebhookSettings webhooks,
    List<Control> control) {

  public Settings {
    resolvers = inOrder(resolvers);
    services = List.copyOf(services);
    journeys = inOrder(journeys);
    dns = inOrder(dns);
    control = List.copyOf(control);
  }

  /// Reads and checks the whole file; `environment` says what a variable holds, or null.
  ///
  /// @throws BadConfig with every problem of the file
  public static Settings load(Path file, Function<String, @Nullable String> environment)
      throws BadConfig {
    return YamlFile.read(file, new SettingsReader(file.toAbsolutePath(), environment)::read);
  }

  /// The same, served elsewhere.
  public Settings listeningOn(HostPort listen) {
    return new Settings(
        agent.listeningOn(listen), resolvers, services, journeys, dns, webhooks, control);
  }

  /// What is allowed, but hardly wise.
  public List<String> advice() {
    return control.size() == 1
        ? List.of(
            "`control` has one witness, whose own outage makes the agent blind;"
                + " write another that shares nothing with it")
        : List.of();
  }

  static <T> Map<String, T> inOrder(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
