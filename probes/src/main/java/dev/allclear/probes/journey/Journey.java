package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a user does: ordered steps, all within the deadline. The first step that does not pass ends
/// the run. Then the steps of `cleanup` undo what was done; `reserve` of the deadline is kept for
/// them. `everyAddress` is true if each address of the first step's host is to be walked against; a
/// pass that takes longer than `within` is slow. Each of `vars` may use those before it; `redact`
/// names headers, cookies, parameters and fields whose values are never shown.
public record Journey(
    String name,
    Duration deadline,
    List<Step> steps,
    List<Step> cleanup,
    Duration reserve,
    boolean everyAddress,
    @Nullable Duration within,
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
    return new Journey(
        name, deadline, steps, List.of(), Duration.ZERO, false, null, List.of(), Set.of());
  }

  public Journey cleanedUpBy(List<Step> afterwards, Duration kept) {
    return new Journey(name, deadline, steps, afterwards, kept, everyAddress, within, vars, redact);
  }

  public Journey againstEveryAddress() {
    return new Journey(name, deadline, steps, cleanup, reserve, true, within, vars, redact);
  }

  public Journey within(@Nullable Duration objective) {
    return new Journey(
        name, deadline, steps, cleanup, reserve, everyAddress, objective, vars, redact);
  }

  public Journey withVars(List<Var> set) {
    return new Journey(name, deadline, steps, cleanup, reserve, everyAddress, within, set, redact);
  }

  public Journey redacting(Set<String> names) {
    return new Journey(name, deadline, steps, cleanup, reserve, everyAddress, within, vars, names);
  }

  /// With each step, those of the cleanup too, changed.
  Journey map(UnaryOperator<Step> change) {
    return new Journey(
        name,
        deadline,
        steps.stream().map(change).toList(),
        cleanup.stream().map(change).toList(),
        reserve,
        everyAddress,
        within,
        vars,
        redact);
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

  /// True if it is one request, of which nothing is only OkHttp's to do.
  public boolean suitsTheWire() {
    return steps.size() == 1
        && cleanup.isEmpty()
        && !everyAddress
        && steps.getFirst().suitsTheWire();
  }

  /// All templates in it.
  Stream<Template> templates() {
    return Stream.concat(vars.stream().map(Var::value), allSteps().flatMap(Step::templates));
  }
}
