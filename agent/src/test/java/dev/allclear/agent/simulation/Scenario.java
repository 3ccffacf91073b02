package dev.allclear.agent.simulation;

import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.simulation.Upset.Kind;
import dev.allclear.probes.Depth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// One history of a world and of the agent that watches it, whole: played again it comes out the
/// same. `lag` is the longest way of a packet in milliseconds, `loss` and `mute` are how many of a
/// thousand steps lose a packet or tell nothing; `sighted` if a witness of the agent's own network
/// is asked; `salt` seeds the delays. It can be written in one line.
record Scenario(
    Policy policy,
    List<Ask> asks,
    List<Upset> upsets,
    int lag,
    int loss,
    int mute,
    boolean sighted,
    long end,
    long salt) {

  Scenario {
    asks = List.copyOf(asks);
    upsets = List.copyOf(upsets);
  }

  Scenario withPolicy(Policy other) {
    return new Scenario(other, asks, upsets, lag, loss, mute, sighted, end, salt);
  }

  Scenario withAsks(List<Ask> others) {
    return new Scenario(policy, others, upsets, lag, loss, mute, sighted, end, salt);
  }

  Scenario withUpsets(List<Upset> others) {
    return new Scenario(policy, asks, others, lag, loss, mute, sighted, end, salt);
  }

  Scenario withNetwork(int otherLag, int otherLoss, int otherMute) {
    return new Scenario(policy, asks, upsets, otherLag, otherLoss, otherMute, sighted, end, salt);
  }

  Scenario until(long otherEnd) {
    return new Scenario(policy, asks, upsets, lag, loss, mute, sighted, otherEnd, salt);
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "k=%d of=%d N=%d W=%d H=%d rto=%d from=%s lag=%d loss=%d mute=%d end=%d salt=%d",
            policy.confirm(),
            policy.of(),
            policy.passes(),
            policy.span().toMillis(),
            policy.hold().toMillis(),
            policy.rto().target().toMillis(),
            policy.rto().from().label(),
            lag,
            loss,
            mute,
            end,
            salt));
    line.append(sighted ? " sighted=yes" : "");
    Extras.write(policy, line);
    for (Ask ask : asks) {
      String faults =
          ask.faults().stream()
              .map(each -> each.from() + "-" + each.to() + each.kind().letter)
              .collect(Collectors.joining(","));
      line.append(
          String.format(
              Locale.ROOT,
              " %s:%s:%d:%d:%d:%s",
              ask.name(),
              ask.depth().label(),
              ask.every(),
              ask.timeout(),
              ask.steps(),
              faults));
    }
    for (Upset upset : upsets) {
      line.append(
          String.format(
              Locale.ROOT,
              " %s@%d:%d",
              upset.kind().name().toLowerCase(Locale.ROOT),
              upset.at(),
              upset.length()));
    }
    return line.toString();
  }

  /// What `toString` wrote.
  static Scenario of(String line) {
    Map<String, String> keys = new HashMap<>();
    List<Ask> asks = new ArrayList<>();
    List<Upset> upsets = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      if (word.contains("=")) {
        keys.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      } else if (word.contains("@")) {
        upsets.add(upset(word.split("[@:]", -1)));
      } else {
        asks.add(ask(word.split(":", -1)));
      }
    }
    Rto.From from = Rto.From.valueOf(word(keys, "from").toUpperCase(Locale.ROOT));
    Policy policy =
        new Policy(
            new Rto(millis(keys, "rto"), from),
            (int) number(keys, "k"),
            (int) number(keys, "of"),
            (int) number(keys, "N"),
            millis(keys, "W"),
            millis(keys, "H"));
    policy = Extras.read(policy, keys);
    return new Scenario(
        policy,
        asks,
        upsets,
        (int) number(keys, "lag"),
        (int) number(keys, "loss"),
        (int) number(keys, "mute"),
        keys.containsKey("sighted"),
        number(keys, "end"),
        number(keys, "salt"));
  }

  private static long number(Map<String, String> keys, String key) {
    return Long.parseLong(word(keys, key));
  }

  private static String word(Map<String, String> keys, String key) {
    return Objects.requireNonNull(keys.get(key), key);
  }

  private static Duration millis(Map<String, String> keys, String key) {
    return Duration.ofMillis(number(keys, key));
  }

  private static Upset upset(String[] words) {
    return new Upset(
        Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]));
  }

  private static Ask ask(String[] words) {
    List<Fault> faults =
        Arrays.stream(words[5].split(",", -1))
            .filter(each -> !each.isEmpty())
            .map(Scenario::fault)
            .toList();
    return new Ask(
        words[0],
        Depth.valueOf(words[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        faults);
  }

  private static Fault fault(String word) {
    int dash = word.indexOf('-');
    int last = word.length() - 1;
    return new Fault(
        Long.parseLong(word.substring(0, dash)),
        Long.parseLong(word.substring(dash + 1, last)),
        Fault.Kind.of(word.charAt(last)));
  }
}
