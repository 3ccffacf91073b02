package dev.allclear.probes.dns;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a signed zone proves what it says (DNSSEC), and whether that holds. `ds` are the tags of the
/// keys that its parent names, null if nobody says which; `denial` is `NSEC`, `NSEC3`, `NSEC3 with
/// opt-out` or empty; `left` is until the first signature of what was asked for ends, null if there
/// is none. Resolvers that answer are `validating` or `trusting`. `faults` make validating
/// resolvers refuse names, `advice` is what may come to that.
public record Security(
    String zone,
    List<String> algorithms,
    @Nullable List<Integer> ds,
    String denial,
    @Nullable Duration left,
    List<String> validating,
    List<String> trusting,
    List<String> faults,
    List<String> advice) {
  public Security {
    algorithms = List.copyOf(algorithms);
    ds = ds == null ? null : List.copyOf(ds);
    validating = List.copyOf(validating);
    trusting = List.copyOf(trusting);
    faults = List.copyOf(faults);
    advice = List.copyOf(advice);
  }

  public boolean isBroken() {
    return !faults.isEmpty();
  }

  /// All of it but what is wrong, in one sentence.
  @Override
  public String toString() {
    String keys = algorithms.isEmpty() ? "no key" : String.join(", ", algorithms);
    String parent = ds == null ? "DS not known" : ds.isEmpty() ? "no DS" : "DS " + tags(ds);
    String denies = denial.isEmpty() ? "" : ", " + denial;
    return "%s is signed (%s, %s%s)%s; %s"
        .formatted(zone, keys, parent, denies, life(), validated());
  }

  static String tags(List<Integer> tags) {
    return Words.all(tags.stream().map(String::valueOf).toList());
  }

  private String life() {
    return left == null || left.isNegative() ? "" : "; its signatures hold for " + Words.days(left);
  }

  private String validated() {
    if (validating.isEmpty() && trusting.isEmpty()) {
      return "no resolver could be asked whether it validates";
    }
    if (validating.isEmpty()) {
      return "not validated at " + Words.all(trusting);
    }
    return "validated at "
        + Words.all(validating)
        + (trusting.isEmpty() ? "" : ", not at " + Words.all(trusting));
  }
}
