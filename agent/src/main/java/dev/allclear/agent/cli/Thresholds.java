package dev.allclear.agent.cli;

import dev.allclear.agent.config.Confirm;
import dev.allclear.agent.outage.Threshold;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `3 of 4` on the command line as the config does.
final class Thresholds implements ITypeConverter<Threshold> {
  @Override
  public Threshold convert(String text) {
    try {
      Confirm confirm = Confirm.parse(text.strip());
      return new Threshold(confirm.fails(), confirm.of());
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
