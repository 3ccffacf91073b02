package dev.allclear.agent.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Outage;
import dev.allclear.probes.propagation.Recovery;
import dev.allclear.probes.propagation.Said;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of an outage of the authorities, and of how resolvers came out of it, was not told yet.
final class Aftermath {
  private final Set<String> lagging = new HashSet<>();
  private final Set<String> recovered = new HashSet<>();
  private @Nullable Outage told;

  /// `value` is what a resolver gives once it is well.
  List<News> news(@Nullable Outage outage, List<Endpoint> endpoints, Said value) {
    List<News> news = new ArrayList<>();
    if (outage == null) {
      return news;
    }
    Outage before = told;
    if (before == null || !before.since().equals(outage.since())) {
      news.add(new News.Unreachable(Bounds.between(outage.since(), outage.sure())));
      lagging.clear();
      recovered.clear();
    }
    told = outage;
    Bounds end = outage.end();
    if (end == null) {
      return news;
    }
    if (before == null || before.over() == null) {
      news.add(new News.Reachable(end));
    }
    endpoints.forEach(each -> tell(each.resolver(), Recovery.of(each, outage, value), news));
    return news;
  }

  private void tell(String resolver, @Nullable Recovery recovery, List<News> news) {
    if (recovery == null) {
      return;
    }
    if (recovery.living() != null && recovered.add(resolver)) {
      news.add(new News.Recovered(resolver, recovery));
    } else if (recovery.living() == null && recovery.late() && lagging.add(resolver)) {
      recovered.remove(resolver);
      news.add(new News.Lagging(resolver, recovery));
    }
  }
}
