package dev.allclear.agent.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How a report is written.
enum Format {
  TEXT,
  JSON,
  MARKDOWN,
  HTML;

  /// In lower case.
  static final class Names implements ITypeConverter<Format> {
    @Override
    public Format convert(String value) {
      for (Format format : values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(value)) {
          return format;
        }
      }
      throw new TypeConversionException(
          "`" + value + "` is none; write text, json, markdown or html");
    }
  }
}
