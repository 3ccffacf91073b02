package dev.allclear.agent.web;

import dev.allclear.agent.config.SharedSecret;
import dev.allclear.agent.config.WebhookSettings;
import dev.allclear.agent.outage.Heard;
import dev.allclear.agent.outage.Told;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where claims go. `names` are followed, and `changed` takes what is said of them; `hear` takes
/// all else. Both have written down what they were given when they return. `token` is what
/// everybody who claims something has to know, null if nobody has to; `webhooks` says what alerts
/// are about.
public record Intake(
    Set<String> names,
    Consumer<DnsClaim> changed,
    Function<List<Told>, List<Heard>> hear,
    @Nullable SharedSecret token,
    WebhookSettings webhooks) {

  public Intake {
    names = Set.copyOf(names);
  }
}
