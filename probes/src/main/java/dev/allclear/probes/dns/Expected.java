package dev.allclear.probes.dns;

import dev.allclear.probes.propagation.Wanted;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The records an answer should hold, in the form in which answers show them; none if any will do.
/// CNAMEs on the way count only if one of them is named. Instead of records there may be `wanted`,
/// a predicate that different answers fulfil, as those of weighted or geographic names.
record Expected(List<String> records, @Nullable Wanted wanted) {
  private static final String LINK = Wanted.LINK;
  private static final String VIA = "via:";
  private static final String LABEL = "label:";
  private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f.:]+)/(\\d{1,3})");

  /// Written as records or, alone, as `192.0.2.0/24`, `via:lb.example` or `label:eu`.
  ///
  /// @throws IllegalArgumentException that says what to write instead
  static Expected of(Question question, List<String> written) {
    List<Wanted> wanted =
        written.stream().map(text -> wanted(question, text)).filter(Objects::nonNull).toList();
    if (!wanted.isEmpty() && written.size() > 1) {
      throw new IllegalArgumentException(
          "a network, `via:` and `label:` stand alone; write one of them, or records");
    }
    return wanted.isEmpty()
        ? new Expected(
            written.stream().map(text -> canonical(question, text)).sorted().distinct().toList(),
            null)
        : new Expected(written, wanted.getFirst());
  }

  private static @Nullable Wanted wanted(Question question, String text) {
    if (text.startsWith(VIA)) {
      return new Wanted.Via(new Question(text.substring(VIA.length()), "A").name());
    }
    if (text.startsWith(LABEL)) {
      return new Wanted.Labelled(text.substring(LABEL.length()));
    }
    Matcher network = NETWORK.matcher(text);
    boolean addresses = question.type().equals("A") || question.type().equals("AAAA");
    return addresses && network.matches() ? within(text, network) : null;
  }

  private static Wanted within(String text, Matcher network) {
    InetAddress base = Literal.parse(network.group(1));
    int prefix = Integer.parseInt(network.group(2));
    if (base == null || prefix > base.getAddress().length * 8) {
      throw new IllegalArgumentException(
          "`" + text + "` is not a network; write one, as 192.0.2.0/24");
    }
    return new Wanted.Within(base, prefix);
  }

  /// Addresses and networks fit one type, or text; all else fits every type.
  static boolean fits(Question question, String text) {
    InetAddress address = Literal.parse(text.replaceFirst("/\\d{1,3}$", ""));
    return switch (question.type()) {
      case "A" -> !(address instanceof Inet6Address);
      case "AAAA" -> address == null || address instanceof Inet6Address;
      case "TXT" -> true;
      default -> address == null;
    };
  }

  boolean isGiven() {
    return !records.isEmpty();
  }

  /// Servers may differ and all be right.
  boolean allowsDifference() {
    return wanted != null;
  }

  boolean accepts(List<String> answer) {
    if (wanted != null) {
      return wanted.accepts(answer);
    }
    boolean links = records.stream().anyMatch(record -> record.startsWith(LINK));
    List<String> counted =
        links ? answer : answer.stream().filter(record -> !record.startsWith(LINK)).toList();
    return !isGiven() || counted.equals(records);
  }

  Wanted asWanted() {
    if (wanted != null) {
      return wanted;
    }
    boolean links = records.stream().anyMatch(record -> record.startsWith(LINK));
    return links ? new Wanted.Same(records) : new Wanted.Exactly(Set.copyOf(records));
  }

  private static String canonical(Question question, String text) {
    if (text.startsWith(LINK)) {
      return LINK + absolute(text.substring(LINK.length()));
    }
    return switch (question.type()) {
      case "A", "AAAA" -> {
        InetAddress address = Literal.parse(text);
        yield address == null ? text : Literal.show(address);
      }
      case "CNAME", "MX", "NS", "PTR", "SRV" -> absolute(text);
      case "TXT" -> text.startsWith("\"") ? text : '"' + text + '"';
      default -> text;
    };
  }

  private static String absolute(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower : lower + ".";
  }
}
