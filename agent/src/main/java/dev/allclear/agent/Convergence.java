package dev.allclear.agent;

import dev.allclear.agent.config.DnsSettings;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.propagation.VerdictText;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Probe;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Event;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Wanted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Passes if the authorities of a name agree and every resolver that counts has what they give, as
/// the tracker knows it; asks nobody. A fail is as old as the latest answer that proves it. Any
/// thread.
final class Convergence implements Probe {
  private static final int MOST_NAMED = 3;

  private final String name;
  private final DnsSettings settings;
  private final Set<String> chosen;
  private final Function<Question, @Nullable Standing> standings;
  private final Clock clock;

  /// `chosen` are the resolvers that count, by name; none are all.
  Convergence(
      String name,
      DnsSettings settings,
      Set<String> chosen,
      Function<Question, @Nullable Standing> standings,
      Clock clock) {
    this.name = name;
    this.settings = settings;
    this.chosen = chosen;
    this.standings = standings;
    this.clock = clock;
  }

  /// Why it is not the same everywhere, or not known to be.
  private sealed interface Doubt {
    record Proven(StepRun step) implements Doubt {}

    record Unknown(String reason) implements Doubt {}
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Depth depth() {
    return Depth.DNS;
  }

  @Override
  public Observation run() {
    Moment now = clock.now();
    List<Doubt> doubts = new ArrayList<>();
    List<Standing> known = new ArrayList<>();
    for (Question question : settings.questions()) {
      Standing standing = standings.apply(question);
      if (standing == null || (standing.known() == null && !standing.changing())) {
        doubts.add(new Doubt.Unknown("no authority of " + question + " has answered yet"));
      } else if (standing.alias() != null) {
        doubts.add(new Doubt.Unknown(untold(question, standing.alias())));
      } else {
        known.add(standing);
      }
    }
    boolean some = known.stream().anyMatch(each -> !isAbsent(each));
    for (Standing standing : known) {
      doubts.addAll(isAbsent(standing) ? absent(standing, some) : doubts(standing));
    }
    return observation(now, doubts);
  }

  static String untold(Question question, String alias) {
    return ("%s is an alias of %s, of which its authorities give no %s record, so they do not tell"
            + " when that changes; write `%s` instead, under `dns` and under `verify`")
        .formatted(question.name(), alias, question.type(), alias);
  }

  private Observation observation(Moment now, List<Doubt> doubts) {
    List<StepRun> proven =
        doubts.stream()
            .filter(Doubt.Proven.class::isInstance)
            .map(doubt -> ((Doubt.Proven) doubt).step())
            .sorted(Comparator.comparing(StepRun::begin).reversed())
            .toList();
    if (!proven.isEmpty()) {
      return observed(now, proven, Outcome.fail(Cause.ASSERTION, text(proven)));
    }
    return doubts.stream()
        .filter(Doubt.Unknown.class::isInstance)
        .map(doubt -> Outcome.inconclusive(((Doubt.Unknown) doubt).reason()))
        .findFirst()
        .map(unknown -> observed(now, proven, unknown))
        .orElseGet(() -> observed(now, proven, Outcome.pass()));
  }

  private Observation observed(Moment now, List<StepRun> steps, Outcome outcome) {
    return new Observation(name, depth(), now, now, steps, outcome);
  }

  private static String text(List<StepRun> proven) {
    String named =
        proven.stream()
            .map(StepRun::outcome)
            .map(outcome -> outcome instanceof Outcome.Failed failed ? failed.detail() : "")
            .distinct()
            .limit(MOST_NAMED)
            .collect(Collectors.joining("; "));
    return proven.size() > MOST_NAMED
        ? named + "; and " + (proven.size() - MOST_NAMED) + " more"
        : named;
  }

  /// The authorities say that there is no such record, and have said so all the time.
  private static boolean isAbsent(Standing standing) {
    return !standing.changing() && Objects.requireNonNull(standing.known()).isEmpty();
  }

  /// A name need not have every type of the family.
  private static List<Doubt> absent(Standing standing, boolean some) {
    Question question = standing.subject().question();
    return some
        ? List.of()
        : List.of(
            proven(
                standing,
                standing.subject().authorities().getFirst().name(),
                "no %s record for %s".formatted(question.type(), question.name())));
  }

  private List<Doubt> doubts(Standing standing) {
    List<Doubt> doubts = new ArrayList<>();
    for (Server authority : standing.subject().authorities()) {
      add(doubts, authority(standing, authority.name()));
      add(doubts, unexpected(standing, authority.name()));
    }
    if (!standing.outages().isEmpty() && standing.outages().getLast().over() == null) {
      String first = standing.subject().authorities().getFirst().name();
      doubts.add(
          proven(standing, first, "no authority of " + standing.subject().name() + " answers"));
    }
    for (Endpoint endpoint : standing.spread().endpoints()) {
      if (chosen.isEmpty() || chosen.contains(endpoint.resolver())) {
        add(
            doubts,
            standing.changing() ? spreading(standing, endpoint) : quiet(standing, endpoint));
        add(doubts, unexpected(standing, endpoint.resolver()));
      }
    }
    return doubts;
  }

  private static void add(List<Doubt> doubts, @Nullable Doubt doubt) {
    if (doubt != null) {
      doubts.add(doubt);
    }
  }

  private static @Nullable Doubt authority(Standing standing, String server) {
    List<String> records = standing.records(server);
    if (standing.changing()) {
      Flip flip =
          Objects.requireNonNull(standing.spread().authorities().servers().get(server)).turned();
      return flip.happened() ? null : proven(standing, server, server + " is not new yet");
    }
    return records == null || standing.alike(records, Objects.requireNonNull(standing.known()))
        ? null
        : proven(standing, server, says(server, records, "; another authority does not"));
  }

  /// Only an answer that is not the new one proves that it had not flipped by then.
  private static @Nullable Doubt spreading(Standing standing, Endpoint endpoint) {
    Event event = standing.spread().event();
    boolean all = endpoint.flips(event).values().stream().allMatch(Flip::happened);
    if (all || endpoint.seemsNew(event)) {
      return null;
    }
    String standingAt = VerdictText.standing(endpoint);
    Outcome failed = Outcome.fail(Cause.ASSERTION, standingAt);
    return endpoint.whole().seen().stream()
        .filter(look -> look.said() != Said.NEW)
        .reduce((_, later) -> later)
        .<Doubt>map(look ->
            new Doubt.Proven(
                new StepRun(
                    endpoint.resolver(), look.sent(), look.received(), failed, Reply.nothing())))
        .orElseGet(() -> new Doubt.Unknown(standingAt));
  }

  private static @Nullable Doubt quiet(Standing standing, Endpoint endpoint) {
    String server = endpoint.resolver();
    StepRun last = standing.answers().get(server);
    if (last == null) {
      return new Doubt.Unknown(server + " was not asked yet");
    }
    List<String> records = standing.records(server);
    List<String> known = Objects.requireNonNull(standing.known());
    if (records == null) {
      String why =
          last.outcome() instanceof Outcome.Failed failed
              ? failed.detail()
              : server + " told nothing of the name";
      return proven(standing, server, why);
    }
    return standing.alike(records, known)
        ? null
        : proven(standing, server, says(server, records, "; the authorities say " + list(known)));
  }

  private @Nullable Doubt unexpected(Standing standing, String server) {
    Wanted wanted = standing.subject().question().wanted(settings.expect());
    List<String> records = standing.records(server);
    return wanted == null || records == null || wanted.accepts(records)
        ? null
        : proven(
            standing,
            server,
            says(server, records, "; expected " + String.join(", ", settings.expect())));
  }

  private static String says(String server, List<String> records, String rest) {
    return server + " says " + list(records) + rest;
  }

  private static String list(List<String> records) {
    return records.isEmpty() ? "nothing" : String.join(", ", records);
  }

  /// Of a server that was never heard in this session there is nothing to prove.
  private static Doubt proven(Standing standing, String server, String detail) {
    StepRun last = standing.answers().get(server);
    if (last == null) {
      return new Doubt.Unknown(detail);
    }
    Outcome failed = Outcome.fail(Cause.ASSERTION, detail);
    return new Doubt.Proven(new StepRun(server, last.begin(), last.end(), failed, Reply.nothing()));
  }
}
