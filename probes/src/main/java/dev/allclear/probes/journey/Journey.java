package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a user does: ordered steps, all within the deadline. The first step that does not pass ends
/// the run. Then the steps of `cleanup` undo what was done; `reserve` of the deadline is kept for
/// them. Each of `vars` may use those before it; `redact` names headers, cookies, parameters and
/// fields whose values are never shown.
public record Journey(
    String name,
    Duration deadline,
    List<Step> steps,
    List<Step> cleanup,
    Duration reserve,
    List<Var> vars,
    Set<String> redact) {
  public Journey {
    steps = List.copyOf(steps);
    cleanup = List.copyOf(cleanup);
    vars = List.copyOf(vars);
    redact = Set.copyOf(redact);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a journey without steps");
    }
    if (reserve.isNegative() || reserve.compareTo(deadline) >= 0) {
      throw new IllegalArgumentException("not 0 <= reserve < deadline");
    }
  }

  public static Journey of(String name, Duration deadline, List<Step> steps) {
    return new Journey(name, deadline, steps, List.of(), Duration.ZERO, List.of(), Set.of());
  }

  public Journey cleanedUpBy(List<Step> afterwards, Duration kept) {
    return new Journey(name, deadline, steps, afterwards, kept, vars, redact);
  }

  public Journey withVars(List<Var> set) {
    return new Journey(name, deadline, steps, cleanup, reserve, set, redact);
  }

  public Journey redacting(Set<String> names) {
    return new Journey(name, deadline, steps, cleanup, reserve, vars, names);
  }

  /// The same with other values for some of its vars.
  public Journey overriding(Map<String, String> values) {
    return withVars(
        vars.stream()
            .map(var -> {
              String value = values.get(var.name());
              return value == null
                  ? var
                  : new Var(var.name(), Template.literal(value), var.secret());
            })
            .toList());
  }

  /// Those of the cleanup too.
  public Stream<Step> allSteps() {
    return Stream.concat(steps.stream(), cleanup.stream());
  }

  /// All templates in it.
  Stream<Template> templates() {
    return Stream.concat(vars.stream().map(Var::value), allSteps().flatMap(Step::templates));
  }
}
