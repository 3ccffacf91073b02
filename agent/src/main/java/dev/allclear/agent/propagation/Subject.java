package dev.allclear.agent.propagation;

import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Move;
import dev.allclear.probes.propagation.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A name that is tracked: the authorities, which know, the resolvers, which remember, with their
/// `weights` as shares of users by name, and how often the authorities are asked while nothing
/// happens. `wanted` is the awaited value; null awaits any other than the present one. What is
/// `lasting` is tracked from one change to the next, there and back. `move` is null unless the name
/// moves to these authorities from others.
public record Subject(
    String name,
    Question question,
    @Nullable Wanted wanted,
    boolean lasting,
    List<Server> authorities,
    List<Server> resolvers,
    Map<String, Integer> weights,
    Duration every,
    @Nullable Move move) {

  public Subject {
    authorities = List.copyOf(authorities);
    resolvers = List.copyOf(resolvers);
    weights = Map.copyOf(weights);
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("no authority tells when " + name + " changes");
    }
    if (!every.isPositive()) {
      throw new IllegalArgumentException("every <= 0");
    }
  }

  /// Until the awaited value is everywhere; nobody said what share of users a resolver has.
  public Subject(
      String name,
      Question question,
      @Nullable Wanted wanted,
      List<Server> authorities,
      List<Server> resolvers,
      Duration every) {
    this(name, question, wanted, false, authorities, resolvers, Map.of(), every, null);
  }

  /// Tracked from one change to the next, at these authorities.
  public static Subject lasting(
      String name,
      Question question,
      @Nullable Wanted wanted,
      List<Server> authorities,
      List<Server> resolvers,
      Map<String, Integer> weights,
      Duration every) {
    return new Subject(name, question, wanted, true, authorities, resolvers, weights, every, null);
  }

  /// Whether more changes can come after the first.
  boolean goesOn() {
    return wanted == null || lasting;
  }

  /// The name is delegated to these authorities since now at the latest, and was to others.
  public Subject moving(Move from) {
    return new Subject(
        name, question, wanted, lasting, authorities, resolvers, weights, every, from);
  }

  /// Authorities first.
  List<Server> servers() {
    return Stream.concat(authorities.stream(), resolvers.stream()).toList();
  }
}
