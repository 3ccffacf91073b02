package dev.allclear.probes.template;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes text fit to be shown: known secrets in every spelling, values of secret names and web
/// tokens masked, control characters escaped, long text cut. Any thread.
public final class Mask {

  /// How often text is unescaped: JSON in JSON in a form, say.
  static final int LAYERS = 6;

  /// Stands for what is not shown.
  public static final String MASKED = "***";

  private static final int VALUE_LENGTH = 80;

  /// How much more than is shown is looked at: masked text is shorter.
  private static final int MARGIN = 16 * 1024;

  private static final Set<String> SCHEMES = Set.of("basic", "bearer", "digest", "negotiate");

  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
  private final SecretNames names;

  public Mask() {
    this(List.of());
  }

  /// Knows more names of headers, cookies, parameters and fields whose values are secret.
  public Mask(Collection<String> redact) {
    names = new SecretNames(redact);
  }

  /// From now on the text is masked wherever it stands. Fewer than four characters are not: they
  /// stand everywhere.
  public void hide(String secret) {
    String text = secret.strip();
    if (text.length() >= Needle.SHORTEST) {
      secrets.computeIfAbsent(text, Secret::new);
    }
  }

  /// True if nothing in the text is masked.
  boolean isFit(String text) {
    return redacted(text, false).equals(text);
  }

  /// The text on one line without secrets and control characters, cut to `length` characters.
  public String show(String text, int length) {
    int looked = (int) Math.min(text.length(), (long) length + MARGIN);
    return cut(redacted(text.substring(0, looked), looked < text.length()), length);
  }

  /// The text without secrets; control characters stay. One that was `cut` does not end in what may
  /// be the start of a secret.
  public String redacted(String text, boolean cut) {
    BitSet marks = new BitSet(text.length());
    View view = View.of(text);
    for (int layer = 0; layer < LAYERS; layer++) {
      mark(view, cut, marks);
      View undone = Unescape.of(view);
      if (undone == view) {
        break;
      }
      view = undone;
    }
    return replaced(text, marks);
  }

  /// A value in an outcome's detail.
  public String value(String text) {
    return show(text, VALUE_LENGTH);
  }

  public String quoted(String text) {
    return '"' + value(text) + '"';
  }

  /// True if the value of a header or field by that name is not shown.
  public boolean hides(String name) {
    return names.contains(name);
  }

  /// The same for a cookie or a parameter.
  public boolean hidesParameter(String name) {
    return names.containsParameter(name);
  }

  /// The value of a header. Of cookies the names are shown, of credentials the scheme; control
  /// characters stay.
  public String header(String name, String value) {
    return redacted(headerValue(name, value), false);
  }

  private String headerValue(String name, String value) {
    if (name.equalsIgnoreCase("Cookie")) {
      return Stream.of(value.split(";", -1)).map(Mask::cookie).collect(Collectors.joining(";"));
    }
    if (name.equalsIgnoreCase("Set-Cookie")) {
      int end = value.indexOf(';');
      return cookie(value) + (end < 0 ? "" : value.substring(end));
    }
    return names.contains(name) ? credentials(value) : value;
  }

  private static String cookie(String pair) {
    int end = pair.indexOf('=');
    return end < 0 ? MASKED : pair.substring(0, end + 1) + MASKED;
  }

  private static String credentials(String value) {
    int end = value.indexOf(' ');
    String scheme = end < 0 ? "" : value.substring(0, end);
    return SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)) ? scheme + ' ' + MASKED : MASKED;
  }

  private void mark(View view, boolean cut, BitSet marks) {
    secrets.values().forEach(secret -> secret.mark(view, cut, marks));
    new NamedValues(view, names, marks).mark();
    new Shapes(view, marks).mark();
  }

  private static String replaced(String text, BitSet marks) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int secret = marks.nextSetBit(at);
      int end = secret < 0 ? text.length() : secret;
      shown.append(text, at, end);
      at = end;
      if (secret >= 0) {
        shown.append(MASKED);
        at = marks.nextClearBit(secret);
      }
    }
    return shown.toString();
  }

  private static String cut(String text, int length) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      String plain = Plain.of(text.codePointAt(at));
      at += Character.charCount(text.codePointAt(at));
      int left = length - shown.length();
      if (plain.length() > left || (plain.length() == left && at < text.length())) {
        return shown.append('…').toString();
      }
      shown.append(plain);
    }
    return shown.toString();
  }
}
