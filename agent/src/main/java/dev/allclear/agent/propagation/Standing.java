package dev.allclear.agent.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.propagation.Outage;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Spread;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of a subject at one time: the last answer of each server by its name, in their
/// order; how far the change under way has spread, or, while there is none, what is known of the
/// caches; and the change before that, null if none was seen. `known` is what the authorities gave
/// while there was none; `ordered` is when somebody says that the newest change was made, null if
/// nobody does.
public record Standing(
    Subject subject,
    Map<String, StepRun> answers,
    @Nullable List<String> known,
    boolean changing,
    Spread spread,
    @Nullable Spread before,
    @Nullable Moment ordered,
    List<Outage> outages) {

  public Standing {
    answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
  }

  /// What a server last gave; null if it was not asked yet, or gave nothing of the name.
  public @Nullable List<String> records(String server) {
    StepRun step = answers.get(server);
    return step == null ? null : new Look(step).records();
  }

  /// Where an alias leads of which an authority knows no record, as in a zone of others; null if
  /// that is not so. Then authorities do not tell when the records change.
  public @Nullable String alias() {
    return subject.authorities().stream()
        .map(server -> answers.get(server.name()))
        .filter(Objects::nonNull)
        .map(Look::new)
        .map(Look::loose)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /// The smallest TTL of a server's last answer, in seconds; null where there is none.
  public @Nullable Integer ttl(String server) {
    StepRun step = answers.get(server);
    return step != null && step.reply() instanceof Reply.Dns ? new Look(step).ttl(null) : null;
  }

  /// Whether two answers are the same value as this subject counts it.
  public boolean alike(List<String> one, List<String> other) {
    return subject.wanted() == null
        ? one.equals(other)
        : subject.wanted().accepts(one) == subject.wanted().accepts(other);
  }

  /// How long by now a resolver gives the old value though no cache that obeys could have it any
  /// more; null if it does not, or nobody knows yet.
  public @Nullable Moment staleSince(String resolver) {
    Spread change = spread;
    Bounds everywhere = change.authorities().everywhere();
    if (!changing || everywhere == null) {
      return null;
    }
    return change.endpoints().stream()
        .filter(each -> each.resolver().equals(resolver))
        .filter(each -> !each.whole().seen().isEmpty())
        .filter(each -> each.whole().seen().getLast().said() == Said.OLD)
        .findFirst()
        .map(
            each -> everywhere.latest().plus(Duration.ofSeconds(Math.max(0, change.before()) + 1L)))
        .orElse(null);
  }
}
