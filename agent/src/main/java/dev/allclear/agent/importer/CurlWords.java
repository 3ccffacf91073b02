package dev.allclear.agent.importer;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// The words of a curl command, taken apart into options and what is none, in their order.
final class CurlWords {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("--request", "-X"),
          Map.entry("--header", "-H"),
          Map.entry("--data", "-d"),
          Map.entry("--data-ascii", "-d"),
          Map.entry("--form", "-F"),
          Map.entry("--user", "-u"),
          Map.entry("--cookie", "-b"),
          Map.entry("--user-agent", "-A"),
          Map.entry("--referer", "-e"),
          Map.entry("--get", "-G"),
          Map.entry("--head", "-I"),
          Map.entry("--insecure", "-k"),
          Map.entry("--location", "-L"),
          Map.entry("--proxy", "-x"),
          Map.entry("--cert", "-E"),
          Map.entry("--max-time", "-m"),
          Map.entry("--silent", "-s"),
          Map.entry("--show-error", "-S"),
          Map.entry("--verbose", "-v"),
          Map.entry("--include", "-i"),
          Map.entry("--fail", "-f"),
          Map.entry("--output", "-o"),
          Map.entry("--write-out", "-w"),
          Map.entry("--globoff", "-g"),
          Map.entry("--no-buffer", "-N"));

  private final Iterator<String> words;

  /// What is left of a word of short options, as `d x=1` of `-sd x=1`.
  private String rest = "";

  CurlWords(List<String> words) {
    this.words = words.iterator();
  }

  boolean hasNext() {
    return !rest.isEmpty() || words.hasNext();
  }

  /// An option, by its short name if it has one, or a word that is none.
  String next() {
    if (rest.isEmpty()) {
      String word = words.next();
      if (word.startsWith("--") || !isOption(word)) {
        return SHORT.getOrDefault(word, word);
      }
      rest = word.substring(1);
    }
    String option = "-" + rest.charAt(0);
    rest = rest.substring(1);
    return option;
  }

  static boolean isOption(String word) {
    return word.startsWith("-") && word.length() > 1;
  }

  /// Of the option that was the last.
  String value(String option) throws BadImport {
    if (!rest.isEmpty()) {
      String value = rest;
      rest = "";
      return value;
    }
    if (!words.hasNext()) {
      throw new BadImport("`" + option + "` has no value; was the command cut off?");
    }
    return words.next();
  }
}
