package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.util.List;

/// What is kept of one look at a suspicion: what thresholds decide by, and nothing else.
public sealed interface Look {

  /// When it could be told.
  Moment told();

  /// A run of a probe.
  record Ran(Observation run) implements Look {
    @Override
    public Moment told() {
      return run.told();
    }
  }

  /// A witness of the agent's own network answered.
  record Witnessed(Round round) implements Look {
    @Override
    public Moment told() {
      return round.end();
    }
  }

  /// Without texts and evidence; of the steps that failed is kept, where that is not the whole run.
  static Look of(Observation run) {
    Outcome outcome = bare(run.outcome());
    return of(
        new Observation(run.probe(), run.depth(), run.begin(), run.end(), List.of(), outcome),
        run.proof(),
        run.told());
  }

  /// A bare run that was told of then; if it failed, it did within `proof`.
  static Look of(Observation bare, Bounds proof, Moment told) {
    boolean whole = proof.earliest().equals(bare.begin()) && proof.latest().equals(bare.end());
    return new Ran(
        new Observation(
            bare.probe(),
            bare.depth(),
            bare.begin(),
            bare.end(),
            whole ? List.of() : List.of(step(proof.earliest(), proof.latest(), bare.outcome())),
            bare.outcome(),
            told.equals(bare.end()) ? List.of() : List.of(step(told, told, Outcome.pass()))));
  }

  private static StepRun step(Moment begin, Moment end, Outcome outcome) {
    return new StepRun("", begin, end, outcome, Reply.nothing());
  }

  private static Outcome bare(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> outcome;
      case Outcome.Slow _ -> Outcome.slow("");
      case Outcome.Failed failed -> Outcome.fail(failed.cause(), "");
      case Outcome.Inconclusive _ -> Outcome.inconclusive("");
    };
  }
}
