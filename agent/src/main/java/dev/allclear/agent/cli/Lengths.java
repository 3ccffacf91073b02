package dev.allclear.agent.cli;

import dev.allclear.agent.yaml.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `30s` or `2m` on the command line as the config does.
final class Lengths implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /// Those above zero.
  static final class Positive implements ITypeConverter<Duration> {
    private final Lengths lengths = new Lengths();

    @Override
    public Duration convert(String text) {
      Duration length = lengths.convert(text);
      if (length.isZero()) {
        throw new TypeConversionException(
            "`" + text + "` is zero; write a positive duration, as 10s");
      }
      return length;
    }
  }
}
