package dev.allclear.agent.web;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.report.Story;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// Where the web server reads what it shows, anew for each request and on any thread. `incidents`
/// are oldest first; `failed` is what was kept of the failures of one, by its id; `expected` is
/// what is said beforehand of a service's recovery; `dns` are the names that are followed, as far
/// as they were heard of; `intake` is where claims go; `metrics` turns an `Accept` header into a
/// scrape; `ready` is true once every probe has run.
public record Sources(
    Vantage vantage,
    String version,
    Clock clock,
    Moment started,
    Map<Cell, Rto> objectives,
    Supplier<List<Health>> healths,
    Supplier<List<Incident>> incidents,
    Function<String, Failed> failed,
    Function<String, Expected> expected,
    Supplier<List<Standing>> dns,
    Intake intake,
    BooleanSupplier ready,
    Function<String, Content> metrics) {

  public Sources {
    objectives = Map.copyOf(objectives);
  }

  List<Incident> newestFirst() {
    return incidents.get().reversed();
  }

  /// All that is known of an outage by `now`.
  Story story(Incident incident, Moment now) {
    Expected wanted = expected.apply(incident.cell().service());
    Measures measures = Measures.of(incident, wanted, incidents.get(), now);
    return new Story(incident, measures, failed.apply(incident.id()), vantage, now);
  }

  Optional<Incident> incident(String id) {
    return incidents.get().stream().filter(incident -> incident.id().equals(id)).findFirst();
  }
}
