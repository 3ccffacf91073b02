package dev.allclear.probes.dns;

import dev.allclear.probes.Figures;
import dev.allclear.probes.wire.Strays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Pieces of sentences.
final class Words {
  private static final int MOST_RECORDS = 4;

  private Words() {}

  /// Packets that were no answer, as in `packets with a wrong id (2)`; empty if there were none.
  static String strays(Strays strays) {
    List<String> kinds = new ArrayList<>();
    add(kinds, "packets with a wrong id", strays.wrongId());
    add(kinds, "answers to another question", strays.otherQuestion());
    add(kinds, "packets that are no answers", strays.noAnswer());
    add(kinds, "malformed packets", strays.malformed());
    return all(kinds);
  }

  private static void add(List<String> kinds, String kind, long count) {
    if (count > 0) {
      kinds.add("%s (%d)".formatted(kind, count));
    }
  }

  /// As in `a, b and c`.
  static String all(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /// How long something is ago or to come: whole days where there are two or more.
  static String days(Duration length) {
    return length.toDays() < 2 ? Figures.length(length) : length.toDays() + " days";
  }

  /// Sentences whose rest is true of several servers.
  static List<String> sentences(Map<String, List<String>> serversByRest) {
    return serversByRest.entrySet().stream()
        .map(each -> subject(each.getValue()) + each.getKey())
        .toList();
  }

  private static String subject(List<String> servers) {
    return switch (servers.size()) {
      case 0 -> "";
      case 1 -> servers.getFirst() + " ";
      default -> "each of " + all(servers) + " ";
    };
  }

  /// The first few of what may be hundreds.
  static String records(List<String> records) {
    if (records.isEmpty()) {
      return "nothing";
    }
    return records.size() <= MOST_RECORDS
        ? String.join(", ", records)
        : "%s and %d more"
            .formatted(
                String.join(", ", records.subList(0, MOST_RECORDS)), records.size() - MOST_RECORDS);
  }
}
