package dev.allclear.probes.dns;

import dev.allclear.probes.propagation.Wanted;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A name and a record type (`A`, `AAAA`, `CNAME`, `TXT`, …), checked against what DNS allows. The
/// name is kept as it is shown: in lower case, without the trailing dot.
public record Question(String name, String type) {
  private static final List<String> TYPES =
      List.of(
          "A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT", "CAA", "HTTPS", "SVCB",
          "DS", "DNSKEY");

  /// A label holds at most 63 octets (RFC 1035, 2.3.4); underscore, slash and star occur in
  /// practice.
  private static final Pattern NAME =
      Pattern.compile("\\.|[a-z0-9_*/-]{1,63}(\\.[a-z0-9_*/-]{1,63})*");

  /// 255 octets on the wire, of which the first length octet and the root are not written.
  private static final int LONGEST = 253;

  public Question {
    name = canonical(name);
    type = type.toUpperCase(Locale.ROOT);
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(
          "unknown record type `%s`; write %s or %s"
              .formatted(
                  type, String.join(", ", TYPES.subList(0, TYPES.size() - 1)), TYPES.getLast()));
    }
  }

  /// Names that came from elsewhere may be none that can be asked for.
  static boolean isName(String text) {
    try {
      return !canonical(text).isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String shown =
        lower.length() > 1 && lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    if (shown.length() > LONGEST || !NAME.matcher(shown).matches()) {
      throw new IllegalArgumentException("`" + name + "` is not a DNS name");
    }
    return shown;
  }

  /// What is written as `--expect` wants it, as a predicate; null if nothing of it fits this type.
  ///
  /// @throws IllegalArgumentException that says what to write instead
  public @Nullable Wanted wanted(List<String> written) {
    List<String> fitting = written.stream().filter(text -> Expected.fits(this, text)).toList();
    return fitting.isEmpty() ? null : Expected.of(this, fitting).asWanted();
  }

  @Override
  public String toString() {
    return name + " " + type;
  }
}
