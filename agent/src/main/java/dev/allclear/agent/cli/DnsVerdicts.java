package dev.allclear.agent.cli;

import dev.allclear.probes.Figures;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How a resolver treats TTLs, each verdict in a sentence with the answers that prove it.
final class DnsVerdicts {
  private DnsVerdicts() {}

  static String sentence(Verdict verdict) {
    return says(verdict) + proof(verdict.proof());
  }

  /// One word for machines.
  static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Obeys _ -> "obeys";
      case Verdict.Floor _ -> "floor";
      case Verdict.Ceiling _ -> "ceiling";
      case Verdict.EarlyRefresh _ -> "early-refresh";
      case Verdict.Frozen _ -> "frozen";
      case Verdict.StaleFirst _ -> "stale-first";
      case Verdict.StaleOnFailure _ -> "stale-on-failure";
      case Verdict.FailingAfterRecovery _ -> "failing-after-recovery";
      case Verdict.Fragmented _ -> "fragmented";
      case Verdict.Intercepted _ -> "intercepted";
      case Verdict.Unknown _ -> "unknown";
    };
  }

  private static String says(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Obeys _ -> "obeys the TTL: the next entry came at the end of the one before";
      case Verdict.Floor(int seconds, _) ->
          "keeps entries longer than published, %d s or more".formatted(seconds);
      case Verdict.Ceiling(int shown, int most, _) ->
          "keeps entries shorter than published, from %d to %d s".formatted(shown, most);
      case Verdict.EarlyRefresh(double seconds, _) ->
          String.format(Locale.ROOT, "refreshes entries %.1f s or more before their end", seconds);
      case Verdict.Frozen(int seconds, _) ->
          "shows a TTL of %d s that stands still, so that its end cannot be told"
              .formatted(seconds);
      case Verdict.StaleFirst _ -> "gives an ended entry first, and only then asks";
      case Verdict.StaleOnFailure _ -> "gives ended entries while the authorities do not answer";
      case Verdict.FailingAfterRecovery _ -> "fails though the authorities answer again";
      case Verdict.Fragmented(int caches, _) ->
          "is %d caches or more behind one address".formatted(caches);
      case Verdict.Intercepted _ ->
          "answers as an authority would, with a TTL that never counts down";
      case Verdict.Unknown(List<Sighting> proof) ->
          proof.isEmpty()
              ? "has not been seen long enough to be judged"
              : "gave the old value on while no authority answered, as if just fetched (no EDE):"
                  + " whether it was stale cannot be told";
    };
  }

  private static String proof(List<Sighting> proof) {
    return proof.isEmpty()
        ? ""
        : " (" + proof.stream().map(DnsVerdicts::look).collect(Collectors.joining(", ")) + ")";
  }

  private static String look(Sighting look) {
    String errors =
        look.errors().stream().sorted().map(code -> " EDE " + code).collect(Collectors.joining());
    String ttl = look.said() == Said.OLD || look.said() == Said.NEW ? " ttl " + look.ttl() : "";
    return Figures.clock(look.sent()) + " " + said(look) + ttl + errors;
  }

  private static String said(Sighting look) {
    return look.said().name().toLowerCase(Locale.ROOT);
  }

  /// Where an address that has not flipped stands.
  static String standing(Endpoint endpoint) {
    List<Sighting> seen = endpoint.whole().seen();
    if (seen.isEmpty()) {
      return endpoint.resolver() + " was not asked";
    }
    Sighting last = seen.getLast();
    String said =
        switch (last.said()) {
          case OLD -> "gave the old value";
          case NEW -> "gave the new value, which may not stay,";
          case FAILED -> "failed";
          case SILENT -> "gave no answer";
        };
    return endpoint.resolver() + " " + said + " at " + Figures.clock(last.sent());
  }
}
