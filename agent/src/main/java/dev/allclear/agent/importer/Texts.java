package dev.allclear.agent.importer;

import org.jspecify.annotations.Nullable;

/// Turns the values of one request into the texts that a journey has in their places: templates.
interface Texts {

  /// Where in a request a value stands.
  enum Place {
    PATH,
    QUERY,
    HEADER,
    BODY
  }

  /// `name` is the parameter's, header's or field's; of a segment of a path the segment before it.
  String of(Place place, String name, String value);

  /// For a value that must not be shown, wherever it came from.
  String secret(String name, String value);

  /// Null if the URL is best put together from its parts.
  @Nullable String of(Url url);

  /// Something the journey cannot say, or a person should look at.
  void note(String comment);
}
