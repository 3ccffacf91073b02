package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.Map;

/// When a step ran, to scale: a column for each part of the time from `begin` on, holding the first
/// letter of the phase that the step was in at the middle of it.
record Bar(Moment begin, Duration whole) {
  static final int WIDTH = 30;

  String of(StepRun step, Console console) {
    int from = Math.min(WIDTH - 1, column(begin.until(step.begin())));
    int to = Math.min(WIDTH, Math.max(from + 1, column(begin.until(step.end()))));
    StringBuilder bar = new StringBuilder(" ".repeat(from));
    String phase = "";
    int since = from;
    for (int at = from; at < to; at++) {
      String next = phase(step, middle(at));
      if (!next.equals(phase)) {
        bar.append(painted(phase, at - since, console));
        phase = next;
        since = at;
      }
    }
    return bar + painted(phase, to - since, console) + " ".repeat(WIDTH - to);
  }

  /// A letter on its own colour; what has no phases is a plain line.
  private static String painted(String phase, int columns, Console console) {
    return columns == 0 ? "" : console.in(tone(phase), mark(phase).repeat(columns));
  }

  static String mark(String phase) {
    return phase.isEmpty() ? "=" : phase.substring(0, 1);
  }

  static Tone tone(String phase) {
    return switch (phase) {
      case "dns" -> Tone.DNS;
      case "connect" -> Tone.CONNECT;
      case "tls" -> Tone.TLS;
      case "send" -> Tone.SEND;
      case "wait" -> Tone.WAIT;
      case "receive" -> Tone.RECEIVE;
      default -> Tone.FAINT;
    };
  }

  /// The phases are those of the last exchange; what came before it in the step has none.
  private static String phase(StepRun step, Moment at) {
    Phases phases = step.reply() instanceof Reply.Http http ? http.phases() : Phases.NONE;
    Duration left = at.until(step.end());
    if (left.compareTo(phases.total()) > 0) {
      return "";
    }
    String last = "";
    for (Map.Entry<String, Duration> each : phases.named().reversed().entrySet()) {
      last = each.getValue().isZero() ? last : each.getKey();
      left = left.minus(each.getValue());
      if (left.isNegative()) {
        return each.getKey();
      }
    }
    return last;
  }

  private Moment middle(int column) {
    return begin.plus(whole.multipliedBy(2L * column + 1).dividedBy(2 * WIDTH));
  }

  private int column(Duration offset) {
    return Math.toIntExact(offset.toNanos() * WIDTH / Math.max(1, whole.toNanos()));
  }
}
