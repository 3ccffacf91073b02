package dev.allclear.probes.template;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Undoes one layer of percent-encoding, of escapes as in JSON and of HTML entities, wherever one
/// stands.
final class Unescape {

  private static final String SHORT = "\"\\/'bfnrt";
  private static final String MEANT = "\"\\/'\b\f\n\r\t";

  /// The names of U+00A0 to U+00FF.
  private static final String LATIN_1 =
      """
      nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg
      plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest
      Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute
      Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc
      Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute
      ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide
      oslash ugrave uacute ucirc uuml yacute thorn yuml\
      """;

  private static final int LONGEST_ENTITY = 10;
  private static final Map<String, Integer> ENTITIES = entities();

  private final View view;
  private final StringBuilder text = new StringBuilder();
  private int[] starts;

  private Unescape(View view) {
    this.view = view;
    starts = new int[view.length() + 1];
  }

  /// The same view if there is nothing to undo.
  static View of(View view) {
    return new Unescape(view).undone();
  }

  private View undone() {
    int at = 0;
    while (at < view.length()) {
      at = read(at);
    }
    if (text.length() == view.length()) {
      return view;
    }
    starts = Arrays.copyOf(starts, text.length() + 1);
    starts[text.length()] = view.start(view.length());
    return new View(text.toString(), starts);
  }

  /// Reads what stands at `at`, and returns where it ends.
  private int read(int at) {
    int end =
        switch (view.at(at)) {
          case '%' -> percent(at);
          case '\\' -> backslash(at);
          case '&' -> entity(at);
          default -> at;
        };
    return end > at ? end : put(view.at(at), at, at + 1);
  }

  private int put(int c, int at, int end) {
    for (char unit : Character.toChars(c)) {
      starts[text.length()] = view.start(at);
      text.append(unit);
    }
    return end;
  }

  /// One character of UTF-8; a byte that belongs to none counts as Latin-1.
  private int percent(int at) {
    int first = octet(at);
    if (first < 0) {
      return at;
    }
    int more = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    int c = more == 0 ? first : first & (0x3F >> more);
    for (int i = 1; i <= more; i++) {
      int next = octet(at + 3 * i);
      if (next < 0x80 || next > 0xBF) {
        return put(first, at, at + 3);
      }
      c = (c << 6) | (next & 0x3F);
    }
    return Character.isValidCodePoint(c) ? put(c, at, at + 3 * (more + 1)) : put(first, at, at + 3);
  }

  private int octet(int at) {
    return at < view.length() && view.at(at) == '%' ? number(at + 1, 2, 16) : -1;
  }

  private int backslash(int at) {
    if (at + 1 == view.length()) {
      return at;
    }
    char kind = view.at(at + 1);
    int meant = SHORT.indexOf(kind);
    if (meant >= 0) {
      return put(MEANT.charAt(meant), at, at + 2);
    }
    // In either case, since the case of letters is ignored in what is sought.
    int digits = (kind | 0x20) == 'u' ? 4 : (kind | 0x20) == 'x' ? 2 : 0;
    int c = digits == 0 ? -1 : number(at + 2, digits, 16);
    return c < 0 ? at : put(c, at, at + 2 + digits);
  }

  private int entity(int at) {
    int end = at + 1;
    while (end < view.length() && end - at < LONGEST_ENTITY && view.at(end) != ';') {
      end++;
    }
    if (end == view.length() || view.at(end) != ';') {
      return at;
    }
    String name = view.text().substring(at + 1, end);
    int c = name.startsWith("#") ? reference(at + 2, end) : ENTITIES.getOrDefault(name, -1);
    return Character.isValidCodePoint(c) ? put(c, at, end + 1) : at;
  }

  private int reference(int from, int end) {
    boolean hex = from < end && (view.at(from) | 0x20) == 'x';
    int digits = hex ? from + 1 : from;
    return number(digits, end - digits, hex ? 16 : 10);
  }

  /// Minus one if there are no such digits.
  private int number(int at, int digits, int radix) {
    if (digits < 1 || at + digits > view.length()) {
      return -1;
    }
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = view.at(i) < 0x80 ? Character.digit(view.at(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }

  private static Map<String, Integer> entities() {
    Map<String, Integer> entities = new HashMap<>();
    entities.putAll(
        Map.of("amp", 0x26, "lt", 0x3C, "gt", 0x3E, "quot", 0x22, "apos", 0x27, "plus", 0x2B));
    entities.putAll(Map.of("sol", 0x2F, "equals", 0x3D, "percnt", 0x25, "colon", 0x3A));
    int c = 0xA0;
    for (String name : LATIN_1.split("\\s+", -1)) {
      entities.put(name, c++);
    }
    return Map.copyOf(entities);
  }
}
