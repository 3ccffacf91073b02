package dev.allclear.probes.dns;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.propagation.Move;
import dev.allclear.probes.propagation.Wanted;
import dev.allclear.probes.wire.Wire;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks everybody about one name: given servers and, if wanted, the authorities along the
/// delegation. Asks once. Any thread.
public final class Surveyor {
  private final Lookup lookup;
  private final List<Server> servers;
  private final List<String> expected;

  /// With `expected` empty any record will do; see {@link Expected} for what may be written.
  public Surveyor(List<Server> servers, List<String> expected, Duration timeout, Wire wire) {
    this.lookup = new Lookup(timeout, wire);
    this.servers = List.copyOf(servers);
    this.expected = List.copyOf(expected);
  }

  List<Server> servers() {
    return servers;
  }

  /// The authorities of a name, found through the given servers and asked at `port`.
  ///
  /// @throws UnknownHostException that says where the way ended
  public List<Server> authorities(String name, int port) throws UnknownHostException {
    return new Walk(lookup, servers, port).to(name).servers();
  }

  /// For how long caches may follow the name's delegation, as found through the given servers.
  ///
  /// @throws UnknownHostException that says where the way ended
  public Move move(String name, int port) throws UnknownHostException {
    return walk(port).to(name).asMove();
  }

  /// The value that is expected of this question, as a predicate.
  ///
  /// @throws IllegalArgumentException that says what to write instead
  public Wanted wanted(Question question) {
    return Expected.of(question, expected).asWanted();
  }

  /// The given servers only.
  public Survey ask(List<Question> questions) {
    return survey(questions, servers, null, List.of(), walk(Server.DNS_PORT));
  }

  /// Also the authorities, at `port`. That they are not found is noted, and proves nothing.
  public Survey askAuthorities(List<Question> questions, int port) {
    Walk walk = walk(port);
    try {
      Delegation found = walk.to(questions.getFirst().name());
      if (found.servers().isEmpty()) {
        return survey(questions, servers, found, List.of(), walk);
      }
      List<Server> all = Stream.concat(found.servers().stream(), servers.stream()).toList();
      return survey(questions, all, found, List.of(), walk);
    } catch (UnknownHostException e) {
      return survey(
          questions, servers, null, List.of("no authority was asked: " + e.getMessage()), walk);
    }
  }

  /// What everybody who was asked would say to clients in these networks, in a look of its own:
  /// such questions fill other entries of caches than those of users (trap 25).
  public List<View> views(Survey survey, List<Subnet> subnets) {
    Set<String> asked = survey.steps().stream().map(StepRun::name).collect(Collectors.toSet());
    Delegation found = survey.delegation();
    List<Server> all =
        Stream.concat(found == null ? Stream.of() : found.servers().stream(), servers.stream())
            .filter(server -> asked.contains(server.name()))
            .toList();
    List<View> views = new ArrayList<>();
    for (Survey.Answers answers : survey.answers()) {
      for (Subnet subnet : subnets) {
        List<Server> there = all.stream().map(server -> server.seenFrom(subnet)).toList();
        lookup
            .ask(answers.question(), there)
            .forEach(step -> views.add(new View(answers.question(), subnet, step)));
      }
    }
    return views;
  }

  private Walk walk(int port) {
    List<Server> resolvers = servers.stream().filter(server -> !server.authority()).toList();
    return new Walk(lookup, resolvers, port);
  }

  private Survey survey(
      List<Question> questions,
      List<Server> asked,
      @Nullable Delegation delegation,
      List<String> notes,
      Walk walk) {
    Following following = new Following(lookup, walk);
    List<Server> reached = new ArrayList<>(asked);
    List<String> noted = new ArrayList<>(notes);
    List<Survey.Answers> answers = new ArrayList<>();
    Map<String, StepRun> unchecked = new HashMap<>();
    Set<String> alive = new HashSet<>();
    for (Question question : questions) {
      List<StepRun> steps = lookup.ask(question, reached);
      if (answers.isEmpty() && delegation != null) {
        steps = new Reach(delegation.servers()).kept(steps, reached, noted);
      }
      List<StepRun> whole = following.completed(question, steps, noted);
      Judgement judged = Judgement.of(question, expected(question), whole);
      answers.add(new Survey.Answers(question, judged.steps(), judged.outcome()));
      unchecked.putAll(unchecked(question, steps, reached));
      alive.addAll(alive(steps, reached));
    }
    return new Survey(
        absent(answers), zones(reached, delegation), unchecked, alive, delegation, noted);
  }

  /// Of a family, addresses are expected of the type they belong to.
  private Expected expected(Question question) {
    return Expected.of(
        question, expected.stream().filter(text -> Expected.fits(question, text)).toList());
  }

  /// A name need not have every type of the family; that all say so is agreement.
  private static List<Survey.Answers> absent(List<Survey.Answers> answers) {
    boolean some = answers.stream().anyMatch(each -> each.outcome().isPass());
    return answers.stream()
        .map(each ->
            some && isAbsent(each)
                ? new Survey.Answers(
                    each.question(),
                    each.steps().stream().map(step -> step.withOutcome(Outcome.pass())).toList(),
                    Outcome.pass())
                : each)
        .toList();
  }

  private static boolean isAbsent(Survey.Answers answers) {
    Agreement agreement = Agreement.of(answers.steps());
    return agreement.complete() && agreement.groups().getFirst().records().isEmpty();
  }

  /// Asked only where it can tell something: a resolver that failed.
  private Map<String, StepRun> unchecked(
      Question question, List<StepRun> steps, List<Server> asked) {
    List<Server> failed = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      boolean fails =
          steps.get(i).reply() instanceof Reply.Dns dns && dns.rcode().equals("SERVFAIL");
      if (fails && !asked.get(i).authority()) {
        failed.add(asked.get(i));
      }
    }
    Map<String, StepRun> said = new HashMap<>();
    for (StepRun step : lookup.askUnchecked(question, failed)) {
      said.put(step.name() + " " + question.type(), step);
    }
    return said;
  }

  /// Resolvers that were silent, but answer what they need to ask nobody for: the root's servers,
  /// without recursion.
  private Set<String> alive(List<StepRun> steps, List<Server> asked) {
    List<Server> silent = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      boolean late =
          steps.get(i).outcome() instanceof Outcome.Failed(Cause cause, String _)
              && cause == Cause.TIMEOUT;
      if (late && !asked.get(i).authority()) {
        silent.add(asked.get(i).asAuthority());
      }
    }
    return lookup.ask(new Question(".", "NS"), silent).stream()
        .filter(step -> step.reply() instanceof Reply.Dns)
        .map(StepRun::name)
        .collect(Collectors.toSet());
  }

  private List<StepRun> zones(List<Server> asked, @Nullable Delegation delegation) {
    List<Server> authorities = asked.stream().filter(Server::authority).toList();
    return delegation == null || authorities.size() < 2
        ? List.of()
        : lookup.ask(new Question(delegation.zone(), "SOA"), authorities);
  }
}
