package dev.allclear.agent.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a whole number from 1 on the command line as the config does.
final class Counts implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    if (!text.matches("0*[1-9][0-9]{0,3}")) {
      throw new TypeConversionException(
          "`" + text + "` is not a number from 1 to 9999; write one, as 3");
    }
    return Integer.valueOf(text);
  }
}
