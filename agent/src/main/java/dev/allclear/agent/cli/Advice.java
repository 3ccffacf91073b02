package dev.allclear.agent.cli;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.net.URI;
import java.util.Optional;

/// Why a run did not pass, in one sentence, and what to do next where that is known.
record Advice(boolean bodiesShown) {

  Optional<String> on(Observation observation) {
    return switch (observation.outcome()) {
      case Outcome.Passed() -> Optional.empty();
      case Outcome.Slow(String detail) -> Optional.of("slow: " + detail);
      case Outcome.Inconclusive(String reason) -> Optional.of("nothing is proved: " + reason);
      case Outcome.Failed(Cause cause, String detail) ->
          Optional.of(
              where(observation) + detail + " (" + cause.label() + ")" + next(observation, cause));
    };
  }

  /// A lookup's detail names its servers by itself.
  private static String where(Observation observation) {
    return observation
        .failedStep()
        .filter(step -> !(step.reply() instanceof Reply.Dns))
        .map(step -> step.name() + ": ")
        .orElse("");
  }

  private String next(Observation observation, Cause cause) {
    Optional<StepRun> failed = observation.failedStep();
    return switch (cause) {
      case STATUS, ASSERTION, EXTRACT ->
          bodiesShown || failed.map(StepRun::evidence).isEmpty()
              ? ""
              : "; --show-bodies shows what came";
      case DNS -> host(failed).map(host -> "; `allclear dns " + host + "` asks for it").orElse("");
      case CONNECT, TLS, TIMEOUT, PROTOCOL, LOCAL -> "";
    };
  }

  private static Optional<String> host(Optional<StepRun> step) {
    return step.filter(failed -> failed.reply() instanceof Reply.Http)
        .map(failed -> ((Reply.Http) failed.reply()).request().replaceFirst("^\\S+ ", ""))
        .flatMap(Advice::hostOf);
  }

  /// A URL that was cut or holds a masked part may be none any more.
  private static Optional<String> hostOf(String url) {
    try {
      return Optional.ofNullable(URI.create(url.replaceFirst("[?#].*", "")).getHost());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
