package dev.allclear.agent;

import dev.allclear.agent.config.ServiceSettings;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.State;
import dev.allclear.probes.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which services the cells depend on, and in which of their cells: the one in the same region
/// where there is one, else as many as make them down as a whole.
record Dependencies(Map<Cell, List<Dependency>> of) {
  static final Dependencies NONE = new Dependencies(Map.of());

  /// A service that is unfit if so many of these cells are.
  private record Dependency(String service, List<Cell> cells, int needed) {
    boolean isUnfit(Function<Cell, @Nullable Health> healths) {
      return cells.stream().map(healths).filter(health -> !isFit(health)).count() >= needed;
    }
  }

  static Dependencies of(List<ServiceSettings> services) {
    Map<String, ServiceSettings> named = new HashMap<>();
    services.forEach(service -> named.put(service.name(), service));
    Map<Cell, List<Dependency>> all = new HashMap<>();
    for (ServiceSettings parent : services) {
      for (Cell cell : parent.cells()) {
        List<Dependency> some = new ArrayList<>();
        parent
            .dependsOn()
            .forEach(name -> some.add(of(cell, Objects.requireNonNull(named.get(name)))));
        all.put(cell, some);
      }
    }
    return new Dependencies(all);
  }

  private static Dependency of(Cell parent, ServiceSettings service) {
    List<Cell> all = service.cells();
    List<Cell> near = all.stream().filter(cell -> cell.region().equals(parent.region())).toList();
    return near.isEmpty()
        ? new Dependency(service.name(), all, service.downWhen().regions(all.size()))
        : new Dependency(service.name(), near, 1);
  }

  /// A fail that is not confirmed does not count.
  private static boolean isFit(@Nullable Health health) {
    return health != null
        && switch (health.state()) {
          case State.Healthy(), State.Suspect(), State.Verified(Moment _) -> true;
          case State.Unknown(), State.Verifying() -> false;
          case State.Down _, State.Degraded _, State.Recovering _ -> false;
        };
  }

  /// The services that are not known to be healthy, of those that the cell depends on.
  Set<String> unfit(Cell parent, Function<Cell, @Nullable Health> healths) {
    Set<String> unfit = new TreeSet<>();
    for (Dependency each : of.getOrDefault(parent, List.of())) {
      if (each.isUnfit(healths)) {
        unfit.add(each.service());
      }
    }
    return unfit;
  }

  /// The cells that depend on this one.
  List<Cell> parents(Cell cell) {
    return of.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(each -> each.cells().contains(cell)))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
