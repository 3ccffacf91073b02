package dev.allclear.agent.importer;

import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recording in few lines. Each request is `METHOD URL [PURPOSE]`, `> HEADER`, `>> BODY`, `<
/// STATUS [TYPE]`, `< HEADER`, `<< BODY`; they are a second apart and took a tenth of one.
final class HarText {
  static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

  private final List<JsonObject> entries = new ArrayList<>();

  private HarText() {}

  static Recording recording(Path folder, String text) throws BadImport, IOException {
    return Recording.read(Files.writeString(folder.resolve("shop.har"), har(text)));
  }

  static String har(String text) {
    HarText har = new HarText();
    for (String exchange : text.strip().split("\n(?=[A-Z]+ \\w+://)", -1)) {
      if (!exchange.isBlank()) {
        har.add(exchange.strip().lines().toList());
      }
    }
    return Json.write(
        new JsonObject()
            .put("log", new JsonObject().put("version", "1.2").put("entries", har.entries)));
  }

  private void add(List<String> lines) {
    String[] request = lines.getFirst().split(" ", -1);
    List<JsonObject> asked = new ArrayList<>();
    List<JsonObject> answered = new ArrayList<>();
    StringBuilder sent = new StringBuilder();
    StringBuilder body = new StringBuilder();
    String[] status = {"200"};
    for (String line : lines.subList(1, lines.size())) {
      String rest = line.replaceFirst("^[<>]+ ?", "");
      if (line.startsWith(">>")) {
        sent.append(rest);
      } else if (line.startsWith("<<")) {
        body.append(rest).append('\n');
      } else if (line.startsWith(">")) {
        asked.add(header(rest));
      } else if (rest.matches("-?[0-9].*")) {
        status = rest.split(" ", -1);
      } else {
        answered.add(header(rest));
      }
    }
    if (status.length > 1) {
      answered.add(header("Content-Type: " + status[1]));
    }
    JsonObject question =
        new JsonObject().put("method", request[0]).put("url", request[1]).put("headers", asked);
    if (!sent.isEmpty()) {
      question.put("postData", data(String.valueOf(type(asked)), sent.toString()));
    }
    JsonObject answer =
        new JsonObject()
            .put("status", Integer.valueOf(status[0]))
            .put("headers", answered)
            .put("content", new JsonObject().put("text", body.toString()));
    entries.add(
        new JsonObject()
            .put("startedDateTime", BEGIN.plusSeconds(entries.size()))
            .put("time", 100)
            .put("_resourceType", request.length > 2 ? request[2] : null)
            .put("request", question)
            .put("response", answer));
  }

  /// A bar is a line's end in a multipart body.
  private static JsonObject data(String type, String text) {
    String sent = type.startsWith("multipart") ? text.replace("|", "\r\n") : text;
    return new JsonObject().put("mimeType", type).put("text", sent);
  }

  private static @Nullable String type(List<JsonObject> headers) {
    return headers.stream()
        .map(JsonObject::toString)
        .filter(json -> json.contains("Content-Type"))
        .map(json ->
            json.replaceFirst(".*\"value\":\"", "").replaceFirst("\"}$", "").replace("\\\"", "\""))
        .findFirst()
        .orElse(null);
  }

  private static JsonObject header(String line) {
    int colon = line.indexOf(": ");
    return new JsonObject()
        .put("name", line.substring(0, colon))
        .put("value", line.substring(colon + 2));
  }
}
