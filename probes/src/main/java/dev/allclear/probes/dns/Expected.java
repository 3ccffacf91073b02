package dev.allclear.probes.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/// The records an answer should hold, in the form in which answers show them; none if any will do.
/// CNAMEs on the way count only if one of them is named.
record Expected(List<String> records) {
  private static final String LINK = "CNAME ";

  static Expected of(Question question, List<String> written) {
    return new Expected(
        written.stream().map(text -> canonical(question, text)).sorted().distinct().toList());
  }

  boolean isGiven() {
    return !records.isEmpty();
  }

  boolean accepts(List<String> answer) {
    boolean links = records.stream().anyMatch(record -> record.startsWith(LINK));
    List<String> counted =
        links ? answer : answer.stream().filter(record -> !record.startsWith(LINK)).toList();
    return !isGiven() || counted.equals(records);
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
