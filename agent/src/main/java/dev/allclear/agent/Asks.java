package dev.allclear.agent;

import dev.allclear.agent.schedule.Ask;
import dev.allclear.probes.http.Target;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one run of a journey asks of which targets: each step one request, where its URL tells the
/// host beforehand.
final class Asks {
  private static final Map<String, Integer> PORTS =
      Map.of("http", 80, "ws", 80, "https", 443, "wss", 443);

  private Asks() {}

  /// Of a journey that is led to where it goes.
  static List<Ask> of(Journey journey, double perSecond) {
    Map<String, Integer> requests = new TreeMap<>();
    journey
        .allSteps()
        .map(Asks::target)
        .forEach(target -> {
          if (target != null) {
            requests.merge(target, 1, Integer::sum);
          }
        });
    return requests.entrySet().stream()
        .map(each -> new Ask(each.getKey(), each.getValue(), perSecond))
        .toList();
  }

  private static @Nullable String target(Step step) {
    try {
      URI url = new URI(step.action().url().sample("1"));
      String scheme = url.getScheme();
      Integer usual = scheme == null ? null : PORTS.get(scheme.toLowerCase(Locale.ROOT));
      if (usual == null || url.getHost() == null) {
        return null;
      }
      int port = url.getPort() < 0 ? usual : url.getPort();
      Target led = step.link().target();
      return led == null
          ? url.getHost() + ":" + port
          : led.host() + ":" + (led.port() == 0 ? port : led.port());
    } catch (URISyntaxException _) {
      return null;
    }
  }
}
