package dev.allclear.probes.journey;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  public static Template literal(String text) {
    return new Template(List.of(new Part.Literal(text)));
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
    return parts.stream()
        .map(part ->
            switch (part) {
              case Part.Literal(String text) -> text;
              case Part.Secret(String text) -> text;
              case Part.Variable(String name) -> values.apply(name);
            })
        .collect(Collectors.joining());
  }

  /// The text values that must never be shown.
  public Set<String> secrets() {
    return parts.stream()
        .flatMap(
            part -> part instanceof Part.Secret(String text) ? Stream.of(text) : Stream.empty())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// As written, with environment values masked: what may be shown.
  @Override
  public String toString() {
    return parts.stream()
        .map(part ->
            switch (part) {
              case Part.Literal(String text) -> text;
              case Part.Secret(String _) -> "***";
              case Part.Variable(String name) -> "${" + name + "}";
            })
        .collect(Collectors.joining());
  }
}
