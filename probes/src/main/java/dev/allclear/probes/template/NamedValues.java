package dev.allclear.probes.template;

import java.util.BitSet;
import java.util.Set;

/// Marks the values that stand beside secret names, whatever kind of text it is: a query, form,
/// cookie, header line, JSON or markup, whole or cut off.
final class NamedValues {

  private static final Set<String> SHOWN = Set.of("true", "false", "null", "");

  /// How far apart the lines of one part of a multipart form stand.
  private static final int PART_HEAD = 300;

  private final View view;
  private final SecretNames names;
  private final BitSet marks;

  NamedValues(View view, SecretNames names, BitSet marks) {
    this.view = view;
    this.names = names;
    this.marks = marks;
  }

  /// Each value is walked over once, so that the time is linear.
  void mark() {
    int at = 0;
    while (at < view.length()) {
      at =
          switch (view.at(at)) {
            case '=' -> afterEquals(at);
            case ':' -> afterColon(at);
            case '<' -> new Markup(view, names, marks).mark(at);
            default -> at + 1;
          };
    }
  }

  /// `name=value`, `name="value"`, and the part of a multipart form named so.
  private int afterEquals(int at) {
    int value = at + 1;
    int begin = nameBefore(at);
    String name = bracketed(view.text().substring(begin, at));
    if (names.containsParameter(name)) {
      return isQuote(value) ? markString(value) : markUntil(value, "&; \t\r\n\"'<>");
    }
    if (name.equals("name") && isQuote(value) && isFormData(begin)) {
      int end = endOfString(value);
      return names.contains(view.text().substring(value + 1, end)) ? markPart(end) : end;
    }
    return value;
  }

  /// `"name": value` and `Name: value` at the beginning of a line.
  private int afterColon(int at) {
    int nameEnd = at;
    while (nameEnd > 0 && view.at(nameEnd - 1) == ' ') {
      nameEnd--;
    }
    int value = at + 1;
    while (value < view.length() && Character.isWhitespace(view.at(value))) {
      value++;
    }
    if (nameEnd > 0 && isQuote(nameEnd - 1)) {
      return names.contains(quotedBefore(nameEnd)) ? markJson(value) : at + 1;
    }
    int begin = nameBefore(nameEnd);
    boolean secret =
        begin < nameEnd
            && beginsLine(begin)
            && names.contains(view.text().substring(begin, nameEnd));
    return secret ? markLine(value) : at + 1;
  }

  private int markJson(int at) {
    if (at == view.length() || view.at(at) == '\\') {
      return at;
    }
    if (isQuote(at)) {
      return markString(at);
    }
    if (view.at(at) == '{' || view.at(at) == '[') {
      int end = endOfNested(at);
      view.mark(at, end, marks);
      return end;
    }
    int end = endOf(at, ",}] \t\r\n\"");
    if (!SHOWN.contains(view.text().substring(at, end))) {
      view.mark(at, end, marks);
    }
    return end;
  }

  private int markLine(int at) {
    return isQuote(at) ? markString(at) : markUntil(at, "\r\n\"'<");
  }

  private int markUntil(int at, String ends) {
    int end = endOf(at, ends);
    view.mark(at, end, marks);
    return end;
  }

  /// An escaped quote or line end ends a value too: it stands in a string of JSON.
  private int endOf(int at, String ends) {
    int end = at;
    while (end < view.length() && ends.indexOf(view.at(end)) < 0 && !isEscapedEnd(end)) {
      end++;
    }
    return end;
  }

  private boolean isEscapedEnd(int at) {
    return view.at(at) == '\\' && at + 1 < view.length() && "\"rn".indexOf(view.at(at + 1)) >= 0;
  }

  private int markString(int quote) {
    int end = endOfString(quote);
    view.mark(quote + 1, end, marks);
    return end + 1;
  }

  /// Where the closing quote stands, or the text ends.
  private int endOfString(int quote) {
    int end = quote + 1;
    while (end < view.length() && view.at(end) != view.at(quote)) {
      end += view.at(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, view.length());
  }

  private int endOfNested(int open) {
    int depth = 0;
    int at = open;
    do {
      switch (view.at(at)) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> at = endOfString(at);
        default -> {}
      }
      at++;
    } while (depth > 0 && at < view.length());
    return Math.min(at, view.length());
  }

  /// The lines after the empty one, up to the next boundary (RFC 7578).
  private int markPart(int at) {
    int head = Math.min(view.length(), at + PART_HEAD);
    int line = at;
    while (line < head && !isEmptyLine(line)) {
      line++;
    }
    if (line == head) {
      return at;
    }
    int begin = view.text().indexOf('\n', line + 1) + 1;
    int end = view.text().indexOf("\n--", begin);
    view.mark(begin, end < 0 ? view.length() : end, marks);
    return end < 0 ? view.length() : end;
  }

  private boolean isEmptyLine(int at) {
    return view.text().startsWith("\n\n", at) || view.text().startsWith("\n\r\n", at);
  }

  private boolean isFormData(int at) {
    String before = view.text().substring(Math.max(0, at - PART_HEAD), at);
    return before.indexOf("form-data", before.lastIndexOf('\n') + 1) >= 0;
  }

  private boolean isQuote(int at) {
    return at < view.length() && (view.at(at) == '"' || view.at(at) == '\'');
  }

  private int nameBefore(int end) {
    int begin = end;
    while (begin > 0 && end - begin < SecretNames.LONGEST && isNamePart(view.at(begin - 1))) {
      begin--;
    }
    return begin;
  }

  private static String bracketed(String name) {
    return name.indexOf('%') < 0 ? name : name.replaceAll("%5[Bb]", "[").replaceAll("%5[Dd]", "]");
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || "-_.[]%$".indexOf(c) >= 0;
  }

  private String quotedBefore(int end) {
    int begin = end - 1;
    int least = Math.max(0, end - SecretNames.LONGEST);
    while (begin > least && view.at(begin - 1) != view.at(end - 1)) {
      begin--;
    }
    return view.text().substring(begin, end - 1);
  }

  private boolean beginsLine(int begin) {
    int before = begin;
    while (before > 0 && begin - before < SecretNames.LONGEST && view.at(before - 1) == ' ') {
      before--;
    }
    return before == 0
        || "\r\n\t\"'{[(,;>|".indexOf(view.at(before - 1)) >= 0
        || (before > 1 && view.at(before - 2) == '\\' && view.at(before - 1) == 'n');
  }
}
