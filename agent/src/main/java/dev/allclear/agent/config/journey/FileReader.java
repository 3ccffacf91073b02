package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Body;
import dev.allclear.probes.template.Template;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads bodies that are made of files.
final class FileReader {
  private static final String UNKNOWN_TYPE = "application/octet-stream";
  private static final Pattern TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+(\\s*;\\s*\\S.*)?");

  private final Variables variables;

  FileReader(Variables variables) {
    this.variables = variables;
  }

  @Nullable Body body(Value value) {
    Path path = value.file();
    return path == null ? null : new Body.File(path, typeOf(path));
  }

  /// A field is text or a file; a list is several fields of that name.
  Body multipart(Value value) {
    List<Body.Part> parts = new ArrayList<>();
    for (Value field : value.entries("{note: TEXT, upload: {file: PATH}}")) {
      for (Value content : field.list()) {
        Body.Part part =
            content.isMap()
                ? content.map("", map -> attached(field.name(), map))
                : text(field.name(), content);
        if (part != null) {
          parts.add(part);
        }
      }
    }
    if (parts.isEmpty() && value.isMap() && value.keys().isEmpty()) {
      value.wrong("the form has no field; write {note: TEXT, upload: {file: PATH}}");
    }
    return new Body.Multipart(parts);
  }

  private Body.@Nullable Part text(String field, Value content) {
    Template text = variables.text(content);
    return text == null ? null : new Body.Part.Text(field, text);
  }

  private Body.@Nullable Part attached(String field, MapReader map) {
    Path path = map.require("file", "the path of a file", Value::file);
    String type = map.get("type", value -> value.parsed("a type, as image/png", FileReader::type));
    Template name = map.get("name", value -> variables.header(value, ""));
    if (path == null) {
      return null;
    }
    Body.File file = new Body.File(path, type == null ? typeOf(path) : type);
    return new Body.Part.Attached(field, file, name == null ? literalNameOf(path) : name);
  }

  private static Template literalNameOf(Path path) {
    return Template.literal(path.getFileName().toString());
  }

  /// By the extension, as Java knows them everywhere.
  private static String typeOf(Path path) {
    String type = URLConnection.getFileNameMap().getContentTypeFor(path.toString());
    return type == null ? UNKNOWN_TYPE : type;
  }

  private static String type(String text) {
    if (!TYPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " is no type of content; write one, as image/png");
    }
    return text;
  }
}
