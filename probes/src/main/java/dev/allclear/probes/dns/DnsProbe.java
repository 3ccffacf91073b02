package dev.allclear.probes.dns;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Probe;
import dev.allclear.probes.StepRun;
import java.util.List;
import java.util.stream.Stream;

/// Passes if every server answers, all say the same, and they say what is expected if that is
/// given. Any thread.
public final class DnsProbe implements Probe {
  private final String name;
  private final List<Question> questions;
  private final Surveyor surveyor;
  private final int walkAt;
  private final Clock clock;

  /// The questions are about one name. The authorities along the delegation are asked, too, at port
  /// `walkAt`, unless that is 0.
  public DnsProbe(
      String name, List<Question> questions, Surveyor surveyor, int walkAt, Clock clock) {
    this.name = name;
    this.questions = List.copyOf(questions);
    this.surveyor = surveyor;
    this.walkAt = walkAt;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Depth depth() {
    return Depth.DNS;
  }

  /// Whom it asks, apart from authorities that it finds.
  public List<Server> servers() {
    return surveyor.servers();
  }

  @Override
  public Observation run() {
    Moment begin = clock.now();
    Survey survey =
        walkAt == 0 ? surveyor.ask(questions) : surveyor.askAuthorities(questions, walkAt);
    return new Observation(name, depth(), begin, clock.now(), steps(survey), survey.outcome());
  }

  /// Of several types each step tells which.
  private List<StepRun> steps(Survey survey) {
    return questions.size() == 1
        ? survey.steps()
        : survey.answers().stream().flatMap(DnsProbe::typed).toList();
  }

  private static Stream<StepRun> typed(Survey.Answers answers) {
    String type = " " + answers.question().type();
    return answers.steps().stream()
        .map(step ->
            new StepRun(
                step.name() + type, step.begin(), step.end(), step.outcome(), step.reply()));
  }
}
