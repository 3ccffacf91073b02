package dev.allclear.agent.config;

import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One name: its types, whom to ask, which records are expected, and which make an answer a new
/// one. With none expected all have to agree; with none `fresh` any other answer is new.
public record DnsSettings(
    List<Question> questions,
    Asked asked,
    List<String> expect,
    List<String> fresh,
    Duration every,
    Duration timeout) {

  /// Whom to ask. With `walkAt` the authorities are those along the delegation, at this port; 0 if
  /// they are not looked for. `weights` are the shares of users, by the resolver's name.
  public record Asked(
      List<Server> authorities, int walkAt, List<Server> resolvers, Map<String, Integer> weights) {
    public Asked {
      authorities = List.copyOf(authorities);
      resolvers = List.copyOf(resolvers);
      weights = Map.copyOf(weights);
    }

    /// Those that are given.
    public List<Server> servers() {
      return Stream.concat(authorities.stream(), resolvers.stream()).toList();
    }

    /// Whether anybody can tell when the name changes.
    public boolean knows() {
      return walkAt != 0 || !authorities.isEmpty();
    }
  }

  public DnsSettings {
    questions = List.copyOf(questions);
    expect = List.copyOf(expect);
    fresh = List.copyOf(fresh);
  }

  /// What makes an answer a new one; null if every other does.
  public @Nullable Wanted wanted(Question question) {
    return question.wanted(fresh);
  }
}
