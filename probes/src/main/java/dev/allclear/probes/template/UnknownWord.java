package dev.allclear.probes.template;

import java.util.Collection;
import java.util.List;

/// A template says a word that stands for nothing there. The message does not say which of the
/// known ones may have been meant.
public final class UnknownWord extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String word;
  private final transient List<String> known;

  UnknownWord(String message, String word, Collection<String> known) {
    super(message);
    this.word = word;
    this.known = List.copyOf(known);
  }

  public String word() {
    return word;
  }

  public List<String> known() {
    return known;
  }
}
