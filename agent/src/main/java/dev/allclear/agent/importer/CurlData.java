package dev.allclear.agent.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What curl's options `-d`, `--json`, `-F` and their kin send, and where.
final class CurlData {
  private final List<String> data = new ArrayList<>();
  private final List<Payload.Part> parts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable String file;
  private boolean json;
  private boolean inQuery;

  void add(String option, String value) throws BadImport {
    switch (option) {
      case "-F", "--form-string" -> part(option, value);
      case "--data-urlencode" -> data.add(encoded(value));
      case "--data-raw" -> data.add(value);
      default -> {
        json |= option.equals("--json");
        if (value.startsWith("@")) {
          file(option, value.substring(1));
        } else {
          data.add(value);
        }
      }
    }
    if (file != null && !data.isEmpty()) {
      throw new BadImport("`" + option + "`: a body is a file or is written out, not both");
    }
    if (!parts.isEmpty() && isText()) {
      throw new BadImport("`" + option + "`: a body is a form of `-F` or data of `-d`, not both");
    }
  }

  private void file(String option, String path) throws BadImport {
    if (path.equals("-")) {
      throw new BadImport("`" + option + " @-`: a journey has no input; name a file");
    }
    file = path;
    if (option.equals("-d")) {
      notes.add(
          "-d @" + path + ": curl leaves out the line breaks of the file, a journey sends them");
    }
  }

  private static String encoded(String value) throws BadImport {
    int equals = value.indexOf('=');
    int at = value.indexOf('@');
    if (at >= 0 && equals < 0) {
      throw new BadImport("`--data-urlencode " + value + "`: a file's content; write it out");
    }
    return equals < 0
        ? Url.encoded(value)
        : (equals == 0 ? "" : value.substring(0, equals + 1))
            + Url.encoded(value.substring(equals + 1));
  }

  private void part(String option, String value) throws BadImport {
    int equals = value.indexOf('=');
    if (equals < 1) {
      throw new BadImport("`" + option + " " + value + "` has no name; write NAME=VALUE");
    }
    String name = value.substring(0, equals);
    String content = value.substring(equals + 1);
    if (option.equals("-F") && content.startsWith("<")) {
      throw new BadImport("`-F " + value + "`: a file's content; write it out");
    }
    boolean file = option.equals("-F") && content.startsWith("@");
    parts.add(
        file
            ? new Payload.Part(
                name, "", content.substring(1).replaceFirst(";.*", ""), parameter(content, "type"))
            : new Payload.Part(name, content, null, null));
  }

  private static @Nullable String parameter(String content, String name) {
    for (String part : content.split(";", -1)) {
      if (part.startsWith(name + "=")) {
        return part.substring(name.length() + 1);
      }
    }
    return null;
  }

  void inQuery() {
    inQuery = true;
  }

  List<String> notes() {
    return notes;
  }

  private boolean isText() {
    return !data.isEmpty() || file != null;
  }

  boolean isBody() {
    return !inQuery && (isText() || !parts.isEmpty());
  }

  /// The headers curl sends by itself with such data.
  List<Pair> implied() {
    if (json) {
      return List.of(
          new Pair("Content-Type", "application/json"), new Pair("Accept", "application/json"));
    }
    return isBody() && parts.isEmpty()
        ? List.of(new Pair("Content-Type", Payloads.FORM))
        : List.of();
  }

  Url url(Url url) {
    if (!inQuery || data.isEmpty()) {
      return url;
    }
    String query = joined();
    return new Url(
        url.scheme(),
        url.authority(),
        url.path(),
        url.query() == null ? query : url.query() + "&" + query);
  }

  private String joined() {
    return data.stream().collect(Collectors.joining(json ? "" : "&"));
  }

  Payload payload(@Nullable String type) {
    if (!isBody()) {
      return new Payload.Nothing();
    }
    if (!parts.isEmpty()) {
      return new Payload.Multipart(parts);
    }
    return file == null ? Payloads.of(joined(), List.of(), type) : new Payload.File(file, type);
  }
}
