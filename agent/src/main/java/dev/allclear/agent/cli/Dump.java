package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Evidence.Message;
import java.util.ArrayList;
import java.util.List;

/// Evidence as text: `>` what was sent, `<` what came back, then each expectation.
record Dump(Console console, String indent) {

  List<String> lines(Evidence evidence) {
    List<String> lines = new ArrayList<>(message("> ", evidence.request()));
    if (evidence.answer() == null) {
      lines.add(indent + "< " + console.in(Tone.FAINT, "(nothing)"));
    } else {
      lines.addAll(message("< ", evidence.answer()));
    }
    evidence.checks().forEach(check -> lines.add(indent + check(check)));
    return lines;
  }

  private List<String> message(String mark, Message message) {
    List<String> lines = new ArrayList<>();
    lines.add(console.in(Tone.STRONG, message.line()));
    message.fields().forEach(field -> lines.add(field.name() + ": " + field.value()));
    if (message.more() > 0) {
      lines.add(console.in(Tone.FAINT, "(and " + message.more() + " more headers)"));
    }
    if (!message.body().text().isEmpty()) {
      lines.add("");
      message.body().text().lines().forEach(lines::add);
    }
    if (message.body().cut()) {
      lines.add(console.in(Tone.FAINT, "(and more)"));
    }
    return lines.stream().map(line -> (indent + mark + line).stripTrailing()).toList();
  }

  private String check(Evidence.Check check) {
    return check.holds()
        ? console.in(Tone.GOOD, "ok ") + " " + check.expected()
        : console.in(Tone.BAD, "not") + " " + check.expected() + ": " + check.actual();
  }
}
