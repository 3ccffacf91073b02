package dev.allclear.agent.cli;

import dev.allclear.agent.yaml.WebUrl;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a URL on the command line as the config does.
final class WebUrls implements ITypeConverter<URI> {
  @Override
  public URI convert(String text) {
    try {
      return WebUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
