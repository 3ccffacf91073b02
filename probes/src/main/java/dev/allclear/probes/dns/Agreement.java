package dev.allclear.probes.dns;

import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which servers say the same. The group of an authority comes first, then the larger ones; servers
/// that gave no NOERROR answer are `silent`.
public record Agreement(List<Group> groups, List<String> silent) {

  /// Servers whose answers hold equal records; never empty.
  public record Group(List<String> records, List<Reply.Dns> answers) {
    public Group {
      records = List.copyOf(records);
      answers = List.copyOf(answers);
    }

    public List<String> servers() {
      return answers.stream().map(Reply.Dns::server).toList();
    }

    public boolean authority() {
      return answers.stream().anyMatch(Reply.Dns::authority);
    }

    /// How long the last of them may go on saying so.
    public Duration ttl() {
      return answers.stream()
          .map(Reply.Dns::ttl)
          .max(Comparator.naturalOrder())
          .orElse(Duration.ZERO);
    }
  }

  public Agreement {
    groups = List.copyOf(groups);
    silent = List.copyOf(silent);
  }

  public static Agreement of(List<StepRun> steps) {
    Map<List<String>, List<Reply.Dns>> byRecords = new LinkedHashMap<>();
    List<String> silent = new ArrayList<>();
    for (StepRun step : steps) {
      if (step.reply() instanceof Reply.Dns answer && answer.rcode().equals("NOERROR")) {
        byRecords.computeIfAbsent(answer.records(), _ -> new ArrayList<>()).add(answer);
      } else {
        silent.add(step.name());
      }
    }
    Comparator<Group> order =
        Comparator.comparing(Group::authority)
            .thenComparingInt(group -> group.answers().size())
            .reversed();
    return new Agreement(
        byRecords.entrySet().stream()
            .map(entry -> new Group(entry.getKey(), entry.getValue()))
            .sorted(order)
            .toList(),
        silent);
  }

  /// Every server answered, and all said the same.
  public boolean complete() {
    return silent.isEmpty() && groups.size() == 1;
  }
}
