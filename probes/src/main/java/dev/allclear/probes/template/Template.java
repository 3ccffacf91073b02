package dev.allclear.probes.template;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Text with `${variables}`, parsed once.
public final class Template {

  /// A stretch of a template.
  sealed interface Part {
    record Literal(String text) implements Part {}

    /// A value known when the config was read and not to be shown: `${env:…}`.
    record Secret(String text) implements Part {}

    record Variable(String name) implements Part {}
  }

  private final List<Part> parts;

  public Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  public static Template literal(String text) {
    return new Template(List.of(new Part.Literal(text)));
  }

  /// Reads `${variable}`, `${env:NAME}` (its value is put in at once), and `$${` for a literal
  /// `${`. Any other `$` stands for itself.
  ///
  /// @param environment the value of an environment variable, or null if it is not set
  /// @throws IllegalArgumentException with what is wrong and what to write instead
  public static Template parse(String text, Function<String, @Nullable String> environment) {
    return new Template(new TemplateReader(text, environment).parts());
  }

  /// The names of variables that have to be known before this can be rendered.
  public Set<String> variables() {
    return parts.stream()
        .flatMap(
            part -> part instanceof Part.Variable(String name) ? Stream.of(name) : Stream.empty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The text with each variable replaced by what `values` says.
  public String render(UnaryOperator<String> values) {
    return join(secret -> secret, values);
  }

  /// The text values that must never be shown.
  public Set<String> secrets() {
    return parts.stream()
        .flatMap(
            part -> part instanceof Part.Secret(String text) ? Stream.of(text) : Stream.empty())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// True if every rendering begins so, whatever the variables hold.
  public boolean beginsWith(String prefix) {
    String known =
        parts.stream()
            .takeWhile(part -> !(part instanceof Part.Variable))
            .map(part -> new Template(List.of(part)).render(name -> name))
            .collect(Collectors.joining());
    return known.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  /// As written, with environment values masked: what may be shown.
  @Override
  public String toString() {
    return join(_ -> "***", name -> "${" + name + "}");
  }

  private String join(UnaryOperator<String> secrets, UnaryOperator<String> variables) {
    return parts.stream()
        .map(part ->
            switch (part) {
              case Part.Literal(String text) -> text;
              case Part.Secret(String text) -> secrets.apply(text);
              case Part.Variable(String name) -> variables.apply(name);
            })
        .collect(Collectors.joining());
  }
}
