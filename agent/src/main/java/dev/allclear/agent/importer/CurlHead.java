package dev.allclear.agent.importer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What curl's options `-H`, `-b`, `-u` and their kin write into the head of a request.
final class CurlHead {
  private final List<String> notes;
  private final List<Pair> headers = new ArrayList<>();
  private final Map<String, @Nullable Object> explicit = new LinkedHashMap<>();

  /// `notes` takes what cannot be done as curl does it.
  CurlHead(List<String> notes) {
    this.notes = notes;
  }

  void add(String option, String value) throws BadImport {
    switch (option) {
      case "-H" -> header(value);
      case "-b" -> cookies(value);
      case "-A" -> explicit.put("User-Agent", StepKeys.literal(value));
      case "-e" -> explicit.put("Referer", StepKeys.literal(value.replaceFirst(";auto$", "")));
      case "-u" -> authorization("Basic " + base64(value));
      default -> authorization("Bearer " + value);
    }
  }

  private void header(String header) throws BadImport {
    int colon = header.indexOf(':');
    if (header.startsWith("@")) {
      throw new BadImport("headers of a file, `" + header + "`; write them out, each with -H");
    }
    if (colon < 0 && header.endsWith(";")) {
      headers.add(new Pair(header.substring(0, header.length() - 1), ""));
    } else if (colon < 1) {
      throw new BadImport("`" + header + "` is no header; write NAME: VALUE");
    } else if (colon < header.length() - 1) {
      headers.add(
          new Pair(header.substring(0, colon).strip(), header.substring(colon + 1).strip()));
    }
  }

  private void cookies(String cookies) {
    if (cookies.contains("=")) {
      headers.add(new Pair("Cookie", cookies));
    } else {
      notes.add("-b " + cookies + ": cookies of a file are not read; write `cookies:`");
    }
  }

  private void authorization(String credentials) {
    headers.add(new Pair("Authorization", credentials));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  List<Pair> headers() {
    return headers;
  }

  /// Those that the command sets by an option of their own.
  Map<String, @Nullable Object> explicit() {
    return explicit;
  }
}
