package dev.allclear.agent.recovery;

import java.util.List;

/// What the operator says beforehand of a service's recovery: the services that it depends on, the
/// steps of its runbook in their order, its target regions, in how many of these it has to be down
/// to be down as a whole, and the services through which it is recovered.
public record Expected(
    List<String> dependsOn,
    List<String> runbook,
    List<String> regions,
    DownWhen downWhen,
    List<String> controlPlane) {
  public static final Expected NOTHING = new Expected(List.of(), List.of());

  public Expected {
    dependsOn = List.copyOf(dependsOn);
    runbook = List.copyOf(runbook);
    regions = List.copyOf(regions);
    controlPlane = List.copyOf(controlPlane);
  }

  /// Of a service that is not probed region by region.
  public Expected(List<String> dependsOn, List<String> runbook) {
    this(dependsOn, runbook, List.of(), DownWhen.ANY);
  }

  /// Of one that is recovered by itself.
  public Expected(
      List<String> dependsOn, List<String> runbook, List<String> regions, DownWhen downWhen) {
    this(dependsOn, runbook, regions, downWhen, List.of());
  }
}
