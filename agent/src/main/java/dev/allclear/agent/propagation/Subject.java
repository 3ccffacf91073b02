package dev.allclear.agent.propagation;

import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Move;
import dev.allclear.probes.propagation.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A name that is tracked: the authorities, which know, the resolvers, which remember, and how
/// often the authorities are asked while nothing happens. `wanted` is the awaited value; null
/// awaits any other than the present one. `move` is null unless the name moves to these authorities
/// from others.
public record Subject(
    String name,
    Question question,
    @Nullable Wanted wanted,
    List<Server> authorities,
    List<Server> resolvers,
    Duration every,
    @Nullable Move move) {

  public Subject(
      String name,
      Question question,
      @Nullable Wanted wanted,
      List<Server> authorities,
      List<Server> resolvers,
      Duration every) {
    this(name, question, wanted, authorities, resolvers, every, null);
  }

  public Subject {
    authorities = List.copyOf(authorities);
    resolvers = List.copyOf(resolvers);
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("no authority tells when " + name + " changes");
    }
    if (!every.isPositive()) {
      throw new IllegalArgumentException("every <= 0");
    }
  }

  /// The name is delegated to these authorities since now at the latest, and was to others.
  public Subject moving(Move from) {
    return new Subject(name, question, wanted, authorities, resolvers, every, from);
  }

  /// Authorities first.
  List<Server> servers() {
    return Stream.concat(authorities.stream(), resolvers.stream()).toList();
  }
}
