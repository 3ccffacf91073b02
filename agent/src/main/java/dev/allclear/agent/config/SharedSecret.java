package dev.allclear.agent.config;

import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.template.Surroundings;
import dev.allclear.probes.template.Template;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// What both sides of a connection know and nobody else: never shown.
public record SharedSecret(String text) {
  private static final int SHORTEST = 8;

  /// Text, with what stands in environment variables; it is the same as long as the agent runs.
  static @Nullable SharedSecret read(Value value, Surroundings surroundings, String example) {
    Template template =
        value.parsed("one, as " + example, text -> Template.parse(text, surroundings));
    if (template == null) {
      return null;
    }
    String text = template.sample("");
    if (!text.equals(template.sample("x"))) {
      value.wrong("only ${env:NAME} may stand here; write " + example);
      return null;
    }
    if (text.length() < SHORTEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      value.wrong(
          "a secret is at least %d letters, digits and signs without spaces; write %s"
              .formatted(SHORTEST, example));
      return null;
    }
    return new SharedSecret(text);
  }

  /// Takes as long whatever is given.
  public boolean is(String given) {
    return MessageDigest.isEqual(octets(), given.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] octets() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "***";
  }
}
