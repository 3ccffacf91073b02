package dev.allclear.agent.config;

import java.util.List;
import java.util.Map;

/// How the alerts of others become claims: which service and which region of it each is about.
public record WebhookSettings(Alertmanager alertmanager, PagerDuty pagerDuty) {
  public static final WebhookSettings NONE =
      new WebhookSettings(Alertmanager.BY_DEFAULT, new PagerDuty(List.of(), Map.of()));

  /// The labels that name them; `services` and `regions` are our names for other values of these.
  public record Alertmanager(
      String serviceLabel,
      String regionLabel,
      Map<String, String> services,
      Map<String, String> regions) {
    static final Alertmanager BY_DEFAULT =
        new Alertmanager("service", "region", Map.of(), Map.of());

    public Alertmanager {
      services = Map.copyOf(services);
      regions = Map.copyOf(regions);
    }
  }

  /// Nothing is believed that none of the `secrets` signed; `services` are our names for theirs, or
  /// for their ids.
  public record PagerDuty(List<SharedSecret> secrets, Map<String, String> services) {
    public PagerDuty {
      secrets = List.copyOf(secrets);
      services = Map.copyOf(services);
    }
  }
}
