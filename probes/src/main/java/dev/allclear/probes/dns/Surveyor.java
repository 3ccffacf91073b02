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
  private final List<Server> roots;
  private final List<String> expected;

  /// With `expected` empty any record will do; see {@link Expected} for what may be written.
  public Surveyor(List<Server> servers, List<String> expected, Duration timeout, Wire wire) {
    this(new Lookup(timeout, wire), servers, List.of(), expected);
  }

  private Surveyor(Lookup lookup, List<Server> servers, List<Server> roots, List<String> expected) {
    this.lookup = lookup;
    this.servers = List.copyOf(servers);
    this.roots = List.copyOf(roots);
    this.expected = List.copyOf(expected);
  }

  /// The same, but authorities are found from these servers of the root on, and not from what a
  /// resolver knows.
  public Surveyor fromRoot(List<Server> root) {
    return new Surveyor(lookup, servers, root, expected);
  }

  List<Server> servers() {
    return servers;
  }

  /// The authorities of a name, found through the given servers and asked at `port`.
  ///
  /// @throws UnknownHostException that says where the way ended
  public List<Server> authorities(String name, int port) throws UnknownHostException {
    return walk(servers, port).to(name).servers();
  }

  /// For how long caches may follow the name's delegation, as found through the given servers.
  ///
  /// @throws UnknownHostException that says where the way ended
  public Move move(String name, int port) throws UnknownHostException {
    return walk(servers, port).to(name).asMove();
  }

  /// The value that is expected of this question, as a predicate.
  ///
  /// @throws IllegalArgumentException that says what to write instead
  public Wanted wanted(Question question) {
    return Expected.of(question, expected).asWanted();
  }

  /// The given servers only.
  public Survey ask(List<Question> questions) {
    List<Server> located = lookup.located(servers);
    return survey(questions, located, null, List.of(), walk(located, Server.DNS_PORT));
  }

  /// Also the authorities, at `port`. That they are not found is noted, and proves nothing.
  public Survey askAuthorities(List<Question> questions, int port) {
    List<Server> located = lookup.located(servers);
    Walk walk = walk(located, port);
    try {
      Delegation found = walk.to(questions.getFirst().name());
      if (found.servers().isEmpty()) {
        return survey(questions, located, found, List.of(), walk);
      }
      List<Server> all = Stream.concat(found.servers().stream(), located.stream()).toList();
      return survey(questions, all, found, List.of(), walk);
    } catch (UnknownHostException e) {
      return survey(
          questions, located, null, List.of("no authority was asked: " + e.getMessage()), walk);
    }
  }

  /// How the zone is signed, and whether that holds, for at least so long if there is an `rto`;
  /// null if it is not signed, or no authority is known.
  public @Nullable Security security(Survey survey, @Nullable Duration rto) {
    // Who was silent just now would be waited for again and again.
    Set<String> answering =
        survey.steps().stream()
            .filter(step -> step.reply() instanceof Reply.Dns)
            .map(StepRun::name)
            .collect(Collectors.toSet());
    List<Server> asked =
        asked(survey).stream().filter(server -> answering.contains(server.name())).toList();
    List<Server> authorities = asked.stream().filter(Server::authority).toList();
    List<Server> resolvers = asked.stream().filter(server -> !server.authority()).toList();
    return new Audit(lookup, authorities, resolvers).of(survey, rto);
  }

  /// What everybody who was asked would say to clients in these networks, in a look of its own:
  /// such questions fill other entries of caches than those of users (trap 25).
  public List<View> views(Survey survey, List<Subnet> subnets) {
    List<Server> all = asked(survey);
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

  private List<Server> asked(Survey survey) {
    Set<String> names = survey.steps().stream().map(StepRun::name).collect(Collectors.toSet());
    Delegation found = survey.delegation();
    return Stream.concat(found == null ? Stream.of() : found.servers().stream(), servers.stream())
        .filter(server -> names.contains(server.name()))
        .toList();
  }

  private Walk walk(List<Server> asked, int port) {
    List<Server> resolvers = asked.stream().filter(server -> !server.authority()).toList();
    return new Walk(lookup, resolvers, roots, port);
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
    String zone = delegation == null ? questions.getFirst().name() : delegation.zone();
    return new Survey(absent(answers), zones(reached, zone), unchecked, alive, delegation, noted);
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
    for (StepRun step : lookup.ask(question, failed, Asking.Wish.UNCHECKED)) {
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

  /// Below a zone's own name, too, its SOA is told, beside the denial.
  private List<StepRun> zones(List<Server> asked, String zone) {
    List<Server> authorities = asked.stream().filter(Server::authority).toList();
    return authorities.isEmpty() ? List.of() : lookup.ask(new Question(zone, "SOA"), authorities);
  }
}
