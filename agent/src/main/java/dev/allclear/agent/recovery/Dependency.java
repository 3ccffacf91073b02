package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// M9: an outage of a service that this one depends on, at the same time: how long from this one's
/// onset until that was restored (null while it is not), and which of them began first.
public record Dependency(Incident incident, Order began, @Nullable Span restored) {

  /// Told apart only where no point of one lies within the other's bounds.
  public enum Order {
    BEFORE,
    AFTER,
    UNDETERMINED
  }

  /// Of all outages those of `services` that overlap with this one, the first first.
  static List<Dependency> of(Incident parent, List<String> services, List<Incident> all) {
    List<Dependency> dependencies = new ArrayList<>();
    for (Incident each : all) {
      if (services.contains(each.cell().service()) && overlap(parent, each)) {
        dependencies.add(new Dependency(each, order(each, parent), restored(each, parent)));
      }
    }
    dependencies.sort(Comparator.comparing(each -> each.incident().onset().likely()));
    return List.copyOf(dependencies);
  }

  /// A candidate for the cause.
  public boolean mayBeCause() {
    return began == Order.BEFORE;
  }

  /// Verified while this dependency was known to be down (F7).
  public boolean wasDownAt(Moment verified) {
    Bounds over = incident.restored().orElse(null);
    return incident.detected().isBefore(verified)
        && (over == null || verified.isBefore(over.earliest()));
  }

  /// For how long of the parent's recovery this was down, up to `now` while either goes on.
  Span during(Incident parent, Moment now) {
    Bounds from = Bounds.later(incident.onset(), Bounds.at(parent.detected()));
    Bounds end = parent.verified().map(Bounds::at).orElse(Bounds.at(now));
    return from.until(Bounds.earlier(incident.restored().orElse(Bounds.at(now)), end));
  }

  private static @Nullable Span restored(Incident dependency, Incident parent) {
    return dependency.restored().map(parent.onset()::until).orElse(null);
  }

  private static Order order(Incident dependency, Incident parent) {
    if (dependency.onset().isBefore(parent.onset())) {
      return Order.BEFORE;
    }
    return parent.onset().isBefore(dependency.onset()) ? Order.AFTER : Order.UNDETERMINED;
  }

  private static boolean overlap(Incident a, Incident b) {
    return begunBefore(a, b) && begunBefore(b, a);
  }

  private static boolean begunBefore(Incident a, Incident b) {
    return b.closed().isEmpty() || a.onset().earliest().isBefore(b.closed().get());
  }
}
