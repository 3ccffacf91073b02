package dev.allclear.agent.importer;

import dev.allclear.agent.json.Fields;
import dev.allclear.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what a browser recorded: an HTTP Archive, version 1.2. One entry is in memory at a time,
/// and of it only what can matter is kept.
final class Har {
  private static final long MOST_BYTES = 256L << 20;
  private static final int MOST_TEXT = 4 << 20;

  private final List<Entry> entries = new ArrayList<>();
  private int count;

  private Har() {}

  /// In the order in which the requests began.
  static List<Entry> read(Path file) throws BadImport {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new BadImport(
            file + " is larger than 256 MiB; record fewer pages, or export without contents");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return read(in);
      }
    } catch (NoSuchFileException e) {
      throw new BadImport(file + ": no such file", e);
    } catch (IOException | UncheckedIOException e) {
      throw new BadImport(file + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new BadImport(file + " is no HTTP Archive (HAR 1.2): " + e.getMessage(), e);
    }
  }

  private static List<Entry> read(InputStream in) {
    Har har = new Har();
    Json.elements(in, List.of("log", "entries"), har::add);
    return har.entries.stream().sorted(Comparator.comparing(Entry::began)).toList();
  }

  private void add(@Nullable Object tree) {
    Fields entry = Fields.of("log.entries[" + count++ + "]", tree);
    Fields request = entry.object("request");
    Url url = Url.parse(request.text("url"));
    if (url == null) {
      return; // data:, blob:, about: and the like never left the browser
    }
    Request asked = request(request, url);
    entries.add(
        new Entry(
            asked,
            answer(entry.object("response")),
            entry.time("startedDateTime"),
            took(entry),
            purpose(entry, asked)));
  }

  private static String purpose(Fields entry, Request request) {
    String destination = Pair.value(request.headers(), "Sec-Fetch-Dest");
    String purpose = entry.has("_resourceType") ? entry.text("_resourceType") : "";
    boolean framed = "iframe".equals(destination);
    String known = purpose.isEmpty() || framed ? destination : purpose;
    return known == null ? "" : known.toLowerCase(Locale.ROOT);
  }

  private static Duration took(Fields entry) {
    return entry.members().get("time") instanceof Number time
        ? Duration.ofMillis(Math.clamp(time.longValue(), 0, Duration.ofHours(1).toMillis()))
        : Duration.ZERO;
  }

  private static Request request(Fields request, Url url) {
    List<Pair> headers = pairs(request, "headers");
    return new Request(
        request.text("method").toUpperCase(Locale.ROOT), url, headers, payload(request, headers));
  }

  private static Payload payload(Fields request, List<Pair> headers) {
    if (!request.has("postData")) {
      long size = request.has("bodySize") ? request.number("bodySize") : 0;
      return size > 0
          ? new Payload.Lost(size, Pair.value(headers, "Content-Type"))
          : new Payload.Nothing();
    }
    Fields data = request.object("postData");
    String type = data.has("mimeType") ? data.text("mimeType") : null;
    List<Fields> params = data.has("params") ? data.objects("params") : List.of();
    String text = data.has("text") ? data.text("text") : "";
    return Payloads.of(text, params.stream().map(Har::part).toList(), type);
  }

  private static Payload.Part part(Fields param) {
    return new Payload.Part(
        param.text("name"),
        param.has("value") ? param.text("value") : "",
        param.has("fileName") ? param.text("fileName") : null,
        param.has("contentType") ? param.text("contentType") : null);
  }

  private static Answer answer(Fields response) {
    List<Pair> headers = new ArrayList<>(pairs(response, "headers"));
    String redirect = response.has("redirectURL") ? response.text("redirectURL") : "";
    if (!redirect.isEmpty() && Pair.value(headers, "Location") == null) {
      headers.add(new Pair("Location", redirect));
    }
    String type = Pair.value(headers, "Content-Type");
    String body = "";
    if (response.has("content")) {
      Fields content = response.object("content");
      type = type == null && content.has("mimeType") ? content.text("mimeType") : type;
      body = isText(Answer.bare(type)) && content.has("text") ? text(content) : "";
    }
    return new Answer((int) response.number("status"), headers, Answer.bare(type), body);
  }

  private static boolean isText(String type) {
    return Answer.isJson(type)
        || type.endsWith("xml")
        || (type.startsWith("text/") && !type.equals("text/css") && !type.endsWith("javascript"))
        || type.equals("application/x-www-form-urlencoded");
  }

  private static String text(Fields content) {
    String text = content.text("text");
    if (text.length() > MOST_TEXT) {
      return "";
    }
    if (!content.has("encoding") || !content.text("encoding").equals("base64")) {
      return text;
    }
    return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
  }

  /// HTTP/2's own fields, as `:path`, are no headers.
  private static List<Pair> pairs(Fields message, String name) {
    return message.objects(name).stream()
        .map(pair -> new Pair(pair.text("name"), pair.text("value")))
        .filter(pair -> !pair.name().startsWith(":"))
        .toList();
  }
}
