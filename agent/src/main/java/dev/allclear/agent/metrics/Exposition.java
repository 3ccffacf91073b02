package dev.allclear.agent.metrics;

import java.util.Arrays;
import java.util.Locale;

/// A format that scrapers read, chosen by what their `Accept` header prefers.
enum Exposition {
  TEXT("text/plain", "text/plain; version=0.0.4; charset=utf-8"),
  OPEN_METRICS(
      "application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final String mediaType;
  private final String contentType;

  Exposition(String mediaType, String contentType) {
    this.mediaType = mediaType;
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /// OpenMetrics only for those who name it: wildcards, browsers and an empty header get text.
  static Exposition accepted(String accept) {
    double openMetrics = quality(accept, OPEN_METRICS);
    return openMetrics > 0 && openMetrics >= quality(accept, TEXT) ? OPEN_METRICS : TEXT;
  }

  /// The weight given to the format (RFC 9110, 12.4.2), 0 if it is not named.
  private static double quality(String accept, Exposition format) {
    return Arrays.stream(accept.toLowerCase(Locale.ROOT).split(","))
        .map(range -> range.split(";", -1))
        .filter(range -> range[0].strip().equals(format.mediaType))
        .mapToDouble(Exposition::weight)
        .max()
        .orElse(0);
  }

  private static double weight(String[] range) {
    return Arrays.stream(range)
        .map(String::strip)
        .filter(parameter -> parameter.startsWith("q="))
        .mapToDouble(parameter -> number(parameter.substring(2)))
        .findFirst()
        .orElse(1);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
