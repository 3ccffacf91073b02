package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The formats of JSON Schema that are checked; others say nothing.
enum Format {
  DATE("\\d{4}-\\d\\d-\\d\\d"),
  TIME("(?i)\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(z|[+-]\\d\\d:\\d\\d)"),
  DATE_TIME("(?i)\\d{4}-\\d\\d-\\d\\dt\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(z|[+-]\\d\\d:\\d\\d)"),
  EMAIL("[^@\\s]+@[^@\\s]+"),
  HOSTNAME(
      "[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?(\\.[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?)*"),
  IPV4("\\d{1,3}(\\.\\d{1,3}){3}"),
  IPV6("[0-9A-Fa-f]*:[0-9A-Fa-f:.]+"),
  URI("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*"),
  UUID("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  private final Pattern shape;

  Format(String shape) {
    this.shape = Pattern.compile(shape);
  }

  static Optional<Format> of(String label) {
    return Stream.of(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean allows(String text) {
    if (!shape.matches(text)) {
      return false;
    }
    return switch (this) {
      case DATE -> parses(DateTimeFormatter.ISO_LOCAL_DATE, text);
      case TIME -> parses(DateTimeFormatter.ISO_OFFSET_TIME, text);
      case DATE_TIME -> parses(DateTimeFormatter.ISO_OFFSET_DATE_TIME, text);
      case IPV4, IPV6 -> Network.isAddress(text);
      case URI -> isUri(text);
      case EMAIL, HOSTNAME, UUID -> true;
    };
  }

  private static boolean parses(DateTimeFormatter format, String text) {
    try {
      format.parse(text);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
