package dev.allclear.probes.dns;

import java.util.List;

/// Pieces of sentences.
final class Words {
  private static final int MOST_RECORDS = 4;

  private Words() {}

  /// As in `a, b and c`.
  static String all(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
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
