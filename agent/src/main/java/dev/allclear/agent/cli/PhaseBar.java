package dev.allclear.agent.cli;

import dev.allclear.agent.report.Phase;
import dev.allclear.agent.report.Scale;
import dev.allclear.probes.Moment;

/// When a phase of an outage was, to scale: `#` where it certainly was, `~` where it may have been.
record PhaseBar(Scale scale) {
  private static final int WIDTH = 48;

  String of(Phase phase) {
    char[] columns = " ".repeat(WIDTH).toCharArray();
    fill(columns, column(phase.from().earliest()), column(phase.to().latest()), '~');
    fill(columns, column(phase.from().latest()), column(phase.to().earliest()), '#');
    return new String(columns);
  }

  /// Something is seen of what is shorter than a column.
  private static void fill(char[] columns, int from, int to, char mark) {
    for (int i = from; i < Math.max(to, mark == '~' ? from + 1 : from); i++) {
      columns[Math.min(i, WIDTH - 1)] = mark;
    }
  }

  private int column(Moment moment) {
    return (int) Math.round(scale.at(moment) * WIDTH);
  }
}
