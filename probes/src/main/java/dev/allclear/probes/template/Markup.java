package dev.allclear.probes.template;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/// Marks the values of secret fields in one tag of HTML or XML, and the text of an element with a
/// secret name.
final class Markup {

  private static final Set<String> NAMES = Set.of("name", "id", "property");
  private static final Set<String> VALUES = Set.of("value", "content");

  private final View view;
  private final SecretNames names;
  private final BitSet marks;
  private boolean secret;
  private int from;
  private int to;

  Markup(View view, SecretNames names, BitSet marks) {
    this.view = view;
    this.names = names;
    this.marks = marks;
  }

  /// Reads the tag that opens at `open`, and returns where to read on: inside of it, since its
  /// attributes are pairs as any others.
  int mark(int open) {
    int end = wordEnd(open + 1);
    String tag = view.text().substring(open + 1, end).toLowerCase(Locale.ROOT);
    if (tag.isEmpty()) {
      return open + 1;
    }
    int at = end;
    while (at < view.length() && view.at(at) != '>' && view.at(at) != '<') {
      at = attribute(at);
    }
    if (secret) {
      view.mark(from, to, marks);
    }
    boolean hasText = names.contains(tag) || (secret && tag.equals("textarea"));
    if (hasText && at < view.length() && view.at(at) == '>') {
      int close = view.text().indexOf('<', at);
      view.mark(at + 1, close < 0 ? view.length() : close, marks);
    }
    return Math.max(end, open + 1);
  }

  private int attribute(int at) {
    int end = wordEnd(at);
    if (end == at) {
      return at + 1;
    }
    if (end == view.length() || view.at(end) != '=') {
      return end;
    }
    String name = view.text().substring(at, end).toLowerCase(Locale.ROOT);
    int begin = end + 1;
    boolean quoted = begin < view.length() && "\"'".indexOf(view.at(begin)) >= 0;
    int close = quoted ? view.text().indexOf(view.at(begin), begin + 1) : wordEnd(begin);
    int first = quoted ? begin + 1 : begin;
    int last = close < 0 ? view.length() : close;
    if (NAMES.contains(name)) {
      secret |= names.containsParameter(view.text().substring(first, last));
    } else if (VALUES.contains(name)) {
      from = first;
      to = last;
    }
    return quoted ? Math.min(last + 1, view.length()) : last;
  }

  private int wordEnd(int at) {
    int end = at;
    while (end < view.length() && " \t\r\n=<>\"'/".indexOf(view.at(end)) < 0) {
      end++;
    }
    return end;
  }
}
