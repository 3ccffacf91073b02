package dev.allclear.agent.importer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request carried.
sealed interface Payload {

  record Nothing() implements Payload {}

  /// Each name once.
  record Form(List<Pair> fields) implements Payload {}

  record Json(@Nullable Object tree, @Nullable String type) implements Payload {}

  record GraphQl(String query, @Nullable Map<?, ?> variables, @Nullable String operation)
      implements Payload {}

  record Multipart(List<Part> parts) implements Payload {}

  /// A field, or a file if it has a file's name.
  record Part(String name, String value, @Nullable String file, @Nullable String type) {}

  /// Anything else that is text, and its Content-Type.
  record Text(String content, @Nullable String type) implements Payload {}

  /// The content of a file.
  record File(String path, @Nullable String type) implements Payload {}

  /// So many bytes that were not recorded.
  record Lost(long bytes, @Nullable String type) implements Payload {}
}
