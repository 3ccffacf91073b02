package dev.allclear.agent.cli;

import dev.allclear.agent.config.AgentSettings;
import dev.allclear.agent.config.ServiceSettings;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.config.WebhookSettings;
import dev.allclear.agent.config.journey.JourneySettings;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.recovery.DownWhen;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.template.Template;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The settings that watch one URL.
final class Stopwatch {
  private Stopwatch() {}

  static Settings settings(URI url, Duration interval, Duration timeout, Policy policy) {
    Step get = Step.of("get", Action.get(Template.literal(url.toString())), timeout);
    Journey journey = Journey.of(JourneySettings.DETECT, timeout, List.of(get));
    ServiceSettings service =
        new ServiceSettings(
            host(url),
            policy,
            Map.of(),
            new ServiceSettings.Detect(journey, interval, ServiceSettings.Tripwire.IDLE),
            new ServiceSettings.Verify(List.of(), Map.of()),
            null,
            List.of(),
            List.of(),
            DownWhen.ANY,
            null);
    AgentSettings agent = new AgentSettings("watch", "here", null, Path.of("."));
    return new Settings(
        agent, Map.of(), List.of(service), Map.of(), Map.of(), WebhookSettings.NONE, List.of());
  }

  /// A host with an underscore occurs in practice; `URI.getHost` has none for it.
  private static String host(URI url) {
    return url.getRawAuthority().replaceFirst(":\\d*$", "");
  }
}
