package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.util.stream.Stream;

/// What a step writes into the Authorization header. What it is made of is never shown.
public sealed interface Auth {

  /// Nothing, unless the step sets the header itself.
  record None() implements Auth {}

  /// RFC 7617, in UTF-8.
  record Basic(Template user, Template password) implements Auth {}

  record Bearer(Template token) implements Auth {}

  /// An access token that is fetched when it is needed.
  record OAuth2(TokenSource source) implements Auth {}

  static Auth none() {
    return new None();
  }

  /// All templates in it.
  default Stream<Template> templates() {
    return switch (this) {
      case None() -> Stream.empty();
      case Basic(Template user, Template password) -> Stream.of(user, password);
      case Bearer(Template token) -> Stream.of(token);
      case OAuth2(TokenSource source) -> source.grant().templates();
    };
  }

  /// Where it has to ask first.
  default Stream<Template> urls() {
    return switch (this) {
      case None _, Basic _, Bearer _ -> Stream.empty();
      case OAuth2(TokenSource source) -> Stream.of(source.grant().url());
    };
  }
}
