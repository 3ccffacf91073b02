package dev.allclear.probes.dns;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Authorities know an alias, but not what is at its end in another zone. Their answers are
/// completed by the authorities there, so that they compare with those of resolvers.
final class Following {
  private static final int LONGEST = 8;
  private static final int MOST_TRIED = 3;

  private final Lookup lookup;
  private final Walk walk;
  private final Map<String, Reply.Dns> ends = new HashMap<>();

  Following(Lookup lookup, Walk walk) {
    this.lookup = lookup;
    this.walk = walk;
  }

  /// In their order, with a note for each alias whose end nobody could be asked for; the steps that
  /// end there prove nothing.
  List<StepRun> completed(Question question, List<StepRun> steps, List<String> notes) {
    List<StepRun> completed = new ArrayList<>();
    for (StepRun step : steps) {
      Heard.Line alias = openEnd(step.reply());
      if (alias == null || !(step.reply() instanceof Reply.Dns dns)) {
        completed.add(step);
        continue;
      }
      try {
        Reply.Dns whole = joined(dns, end(Walk.target(alias), question.type(), 0));
        completed.add(replaced(step, whole));
      } catch (UnknownHostException e) {
        String note =
            "%s leads to %s, whose authorities were not asked: %s"
                .formatted(question.name(), Walk.target(alias), e.getMessage());
        if (!notes.contains(note)) {
          notes.add(note);
        }
      }
    }
    return completed.isEmpty() ? steps : completed;
  }

  private Reply.Dns end(String name, String type, int depth) throws UnknownHostException {
    Reply.Dns known = ends.get(name + " " + type);
    if (known != null) {
      return known;
    }
    if (depth == LONGEST) {
      throw new UnknownHostException("more than " + LONGEST + " aliases through other zones");
    }
    Question question = question(name, type);
    Delegation zone = walk.to(question.name());
    Reply.Dns said =
        zone.servers().stream()
            .limit(MOST_TRIED)
            .map(server -> lookup.ask(question, List.of(server)).getFirst().reply())
            .filter(reply -> reply instanceof Reply.Dns)
            .map(reply -> (Reply.Dns) reply)
            .findFirst()
            .orElseThrow(() -> new UnknownHostException("none of them answers"));
    Heard.Line alias = openEnd(said);
    Reply.Dns whole = alias == null ? said : joined(said, end(Walk.target(alias), type, depth + 1));
    ends.put(name + " " + type, whole);
    return whole;
  }

  private static Question question(String name, String type) throws UnknownHostException {
    try {
      return new Question(name, type);
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException(e.getMessage());
    }
  }

  /// The last link of an authority's chain that has no data at its end, and was not said to have
  /// none.
  private static Heard.@Nullable Line openEnd(Reply reply) {
    if (!(reply instanceof Reply.Dns dns) || !dns.authority() || !dns.rcode().equals("NOERROR")) {
      return null;
    }
    List<Heard.Line> lines = dns.heard().lines();
    boolean open =
        !lines.isEmpty()
            && lines.stream().allMatch(Heard.Line::isLink)
            && !dns.heard().question().endsWith(" CNAME")
            && dns.heard().negative() == null;
    return open ? lines.getLast() : null;
  }

  private static Reply.Dns joined(Reply.Dns alias, Reply.Dns end) {
    List<Heard.Line> lines =
        Stream.concat(alias.heard().lines().stream(), end.heard().lines().stream()).toList();
    return new Reply.Dns(
        alias.server(),
        alias.authority(),
        end.rcode(),
        Stream.concat(alias.records().stream(), end.records().stream()).sorted().toList(),
        lines.stream().map(Heard.Line::ttl).min(Duration::compareTo).orElse(alias.ttl()),
        alias.latency(),
        alias.heard().with(lines, end.heard().negative()));
  }

  private static StepRun replaced(StepRun step, Reply.Dns whole) {
    Outcome outcome =
        whole.rcode().equals("NOERROR")
            ? step.outcome()
            : Outcome.fail(Cause.DNS, step.name() + " answered " + whole.rcode());
    return new StepRun(step.name(), step.begin(), step.end(), outcome, whole);
  }
}
