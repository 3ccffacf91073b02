package dev.allclear.agent.recovery;

import java.util.List;

/// What the operator says beforehand of a service's recovery: the services that it depends on, and
/// the steps of its runbook in their order.
public record Expected(List<String> dependsOn, List<String> runbook) {
  public static final Expected NOTHING = new Expected(List.of(), List.of());

  public Expected {
    dependsOn = List.copyOf(dependsOn);
    runbook = List.copyOf(runbook);
  }
}
