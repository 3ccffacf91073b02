package dev.allclear.probes.http;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a request carries. A type is the Content-Type unless the request has that header already.
public sealed interface Content {

  record None() implements Content {}

  record Text(String text, String type) implements Content {}

  /// `application/x-www-form-urlencoded`, in the order written.
  record Form(Map<String, String> fields) implements Content {
    public Form {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /// The bytes that the file has when the request is sent.
  record File(Path path, String type) implements Content {}

  /// `multipart/form-data` (RFC 7578), in the order written.
  record Multipart(List<Part> parts) implements Content {
    public Multipart {
      parts = List.copyOf(parts);
    }
  }

  /// One field of a form.
  sealed interface Part {
    record Text(String field, String text) implements Part {}

    /// `name` is what the file is called on the way.
    record Attached(String field, File file, String name) implements Part {}
  }
}
