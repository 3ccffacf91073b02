package dev.allclear.probes.dns;

import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that was asked about a name at one time: the answers to each question, the SOA of
/// each authority, what resolvers that failed say `unchecked` by their names and the type, those
/// that were silent but are `alive`, and the delegation, null if it was not walked. `notes` say
/// what was left out, and why.
public record Survey(
    List<Answers> answers,
    List<StepRun> zones,
    Map<String, StepRun> unchecked,
    Set<String> alive,
    @Nullable Delegation delegation,
    List<String> notes) {

  /// One step for each server, and what they amount to.
  public record Answers(Question question, List<StepRun> steps, Outcome outcome) {
    public Answers {
      steps = List.copyOf(steps);
    }
  }

  public Survey {
    answers = List.copyOf(answers);
    zones = List.copyOf(zones);
    unchecked = Map.copyOf(unchecked);
    alive = Set.copyOf(alive);
    notes = List.copyOf(notes);
  }

  /// The first that is no pass.
  public Outcome outcome() {
    return answers.stream().map(Answers::outcome).reduce(Outcome.pass(), Outcome::then);
  }

  /// Every server answered every question, and all said the same.
  public boolean agreed() {
    return answers.stream().allMatch(each -> Agreement.of(each.steps()).complete());
  }

  public List<StepRun> steps() {
    return answers.stream().flatMap(each -> each.steps().stream()).toList();
  }

  /// What is to be known of it, in sentences, the worst first.
  public List<String> findings() {
    return new Findings(this).sentences();
  }
}
