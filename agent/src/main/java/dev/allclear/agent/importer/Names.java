package dev.allclear.agent.importer;

import java.util.Locale;
import java.util.Set;

/// Names made of what others are called: small words with one separator.
final class Names {
  private Names() {}

  /// As `csrf-token` of `X-CSRF-Token`, and of `csrfToken`.
  static String words(String name, char separator, String otherwise) {
    String words =
        name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .replaceAll("[^A-Za-z0-9]+", "-")
            .replaceFirst("^[^A-Za-z]+", "")
            .replaceFirst("^[Xx]-", "")
            .replaceFirst("-+$", "")
            .toLowerCase(Locale.ROOT);
    return (words.isEmpty() ? otherwise : words).replace('-', separator);
  }

  /// With a number behind it if it is taken; taken from now on.
  static String free(String name, String before, Set<String> taken) {
    String free = name;
    for (int n = 2; !taken.add(free); n++) {
      free = name + before + n;
    }
    return free;
  }
}
