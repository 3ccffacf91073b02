package dev.allclear.agent.config;

import dev.allclear.agent.yaml.Value;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// So many in a second.
public record Rate(int perSecond) {
  /// What a health check of any server bears; bursts are shorter.
  public static final Rate DEFAULT = new Rate(20);

  private static final Pattern SHAPE = Pattern.compile("([1-9]\\d{0,3})/s");

  /// @throws IllegalArgumentException saying what to write instead
  static Rate parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " is not a rate from 1/s to 9999/s; write one, as 20/s");
    }
    return new Rate(Integer.parseInt(parts.group(1)));
  }
}
