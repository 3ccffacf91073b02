package dev.allclear.agent.yaml;

import java.util.List;
import java.util.stream.Collectors;

/// A file that cannot be used, with everything that is wrong with it in file order.
public final class BadConfig extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public BadConfig(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
