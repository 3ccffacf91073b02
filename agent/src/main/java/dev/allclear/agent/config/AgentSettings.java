package dev.allclear.agent.config;

import dev.allclear.agent.yaml.HostPort;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Who looks, where it shows what it saw (null for nowhere), where it keeps the record, and what
/// everybody has to know who claims something there (null if nobody has to). `budget` is how many
/// requests any target gets from it.
public record AgentSettings(
    String id,
    String region,
    @Nullable HostPort listen,
    Path ledger,
    @Nullable SharedSecret claimsToken,
    Rate budget) {

  public AgentSettings(String id, String region, @Nullable HostPort listen, Path ledger) {
    this(id, region, listen, ledger, null, Rate.DEFAULT);
  }

  /// The same, served elsewhere.
  AgentSettings listeningOn(HostPort elsewhere) {
    return new AgentSettings(id, region, elsewhere, ledger, claimsToken, budget);
  }
}
