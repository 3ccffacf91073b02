package dev.allclear.agent.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/// Collects what is wrong with one file.
public final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  public Problems(String file) {
    this.file = file;
  }

  /// What a path in the file means: relative ones start in its folder.
  Path resolve(String path) {
    return Path.of(file).resolveSibling(path).normalize();
  }

  public void add(Node at, String message) {
    Mark mark = at.getStartMark().orElseThrow();
    add(mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  /// A problem is one line, whatever the file holds.
  public void add(int line, int column, String message) {
    found.add(new Problem(file, line, column, message.replaceAll("\\p{Cntrl}", "?")));
  }

  /// Two aliases of one wrong value are one problem.
  public void throwIfAny() throws BadConfig {
    if (!found.isEmpty()) {
      throw new BadConfig(found.stream().distinct().sorted(Problem.IN_FILE_ORDER).toList());
    }
  }
}
