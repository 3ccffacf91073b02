package dev.allclear.agent.config;

import dev.allclear.agent.config.journey.Groups;
import dev.allclear.agent.config.journey.JourneyReader;
import dev.allclear.agent.config.journey.JourneySettings;
import dev.allclear.agent.config.journey.TokenSources;
import dev.allclear.agent.yaml.HostPort;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.template.Surroundings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the whole file, section by section.
final class SettingsReader {
  private static final String DEFAULT_ID = "agent";
  private static final String DEFAULT_REGION = "default";
  private static final HostPort DEFAULT_LISTEN = new HostPort("127.0.0.1", 9844);
  private static final String DEFAULT_LEDGER = ".allclear";
  private static final String SERVICE = "{NAME: {rto: 2m, detect: https://shop.example/healthz}}";

  private final Path file;
  private final Surroundings surroundings;

  /// Relative paths start in the folder of `file`, which is absolute.
  SettingsReader(Path file, Function<String, @Nullable String> environment) {
    this.file = file;
    surroundings =
        new Surroundings(environment, Objects.requireNonNull(file.getParent(), "an absolute path"));
  }

  @Nullable Settings read(Value value) {
    return value.map("`services:` and what belongs to it", this::sections);
  }

  private @Nullable Settings sections(MapReader root) {
    AgentSettings agent =
        root.get("agent", agentByDefault(), value -> value.map("{id: eu-west-1a}", this::agent));

    Names resolverNames = Names.of("resolver", "resolvers", root);
    Map<String, ResolverSettings> resolvers =
        each(root.entries("resolvers", "{NAME: 9.9.9.9}"), ResolverReader::read);

    Names journeyNames = Names.of("journey", "journeys", root);
    TokenSources tokenSources = TokenSources.read(root, surroundings);
    JourneyReader journeyReader = journeyReader(root, tokenSources, resolverNames);
    Map<String, JourneySettings> journeys =
        each(root.entries("journeys", "{NAME: {steps: […]}}"), journeyReader::read);

    Names dnsNames = Names.of("lookup", "dns", root);
    Map<String, DnsSettings> dns =
        each(
            root.entries("dns", "{shop.example: {resolvers: [9.9.9.9]}}"),
            new DnsReader(resolverNames, resolvers)::read);

    List<Control> control = control(root.list("control"));

    ServiceReader serviceReader =
        new ServiceReader(
            new DetectReader(surroundings, tokenSources),
            new VerifyReader(journeyNames, dnsNames, dns),
            Names.of("service", "services", root),
            resolverNames,
            journeys,
            journeyReader::regions);
    Map<String, ServiceSettings> services =
        root.require(
            "services", "`services: " + SERVICE + "`", value -> services(value, serviceReader));
    WebhookReader webhookReader =
        new WebhookReader(surroundings, Names.of("service", "services", root));
    WebhookSettings webhooks = root.get("webhooks", WebhookSettings.NONE, webhookReader::read);
    return agent == null || services == null || webhooks == null
        ? null
        : new Settings(
            agent, resolvers, List.copyOf(services.values()), journeys, dns, webhooks, control);
  }

  private static List<Control> control(List<Value> written) {
    Map<String, Control> witnesses = new LinkedHashMap<>();
    for (Value value : written) {
      Control witness = value.parsed("a witness, as tcp://192.0.2.1:53", Control::parse);
      if (witness != null && witnesses.putIfAbsent(witness.name(), witness) != null) {
        value.wrong(Value.quoted(witness.name()) + " is there twice; write each witness once");
      }
    }
    return List.copyOf(witnesses.values());
  }

  private JourneyReader journeyReader(MapReader root, TokenSources tokenSources, Names resolvers) {
    Groups groups = Groups.read(root, surroundings, tokenSources, resolvers);
    return new JourneyReader(surroundings, groups, tokenSources, resolvers);
  }

  private static Map<String, ServiceSettings> services(Value section, ServiceReader reader) {
    if (section.isMap() && section.keys().isEmpty()) {
      section.wrong("there is no service; write " + SERVICE);
    }
    Map<String, ServiceSettings> services = each(section.entries(SERVICE), reader::read);
    reader.checkAll();
    return services;
  }

  private AgentSettings agentByDefault() {
    return new AgentSettings(
        DEFAULT_ID, DEFAULT_REGION, DEFAULT_LISTEN, file.resolveSibling(DEFAULT_LEDGER));
  }

  private @Nullable AgentSettings agent(MapReader map) {
    AgentSettings byDefault = agentByDefault();
    String id = map.get("id", byDefault.id(), Value::label);
    String region = map.get("region", byDefault.region(), Value::label);
    HostPort listen =
        map.get(
            "listen",
            DEFAULT_LISTEN,
            value -> value.parsed("HOST:PORT, as 127.0.0.1:9844", HostPort::parse));
    Path ledger =
        map.get("ledger", byDefault.ledger(), value -> value.parsed("a path", this::path));
    SharedSecret token =
        map.get(
            "claims-token",
            value -> SharedSecret.read(value, surroundings, "\"${env:ALLCLEAR_TOKEN}\""));
    Rate budget =
        map.get("budget", Rate.DEFAULT, value -> value.parsed("a rate, as 20/s", Rate::parse));
    return id == null || region == null || listen == null || ledger == null || budget == null
        ? null
        : new AgentSettings(id, region, listen, ledger, token, budget);
  }

  private Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("an empty path; write one, as /var/lib/allclear");
    }
    return file.resolveSibling(text).normalize();
  }

  /// What could be read, by name.
  private static <T> Map<String, T> each(List<Value> entries, Function<Value, @Nullable T> read) {
    Map<String, T> results = new LinkedHashMap<>();
    for (Value entry : entries) {
      T result = read.apply(entry);
      if (result != null) {
        results.put(entry.name(), result);
      }
    }
    return results;
  }
}
