package dev.allclear.probes.expect;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.ParseContext;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import java.util.List;
import net.minidev.json.JSONValue;
import net.minidev.json.parser.JSONParser;
import org.jspecify.annotations.Nullable;

/// A body read as JSON: strictly, and to a limited depth.
public final class Document {

  private static final int MOST_DIGITS = 1000;

  private static final ParseContext JSON =
      JsonPath.using(
          Configuration.builder()
              .jsonProvider(
                  new JsonSmartJsonProvider(
                      JSONParser.MODE_RFC4627 | JSONParser.LIMIT_JSON_DEPTH,
                      JSONValue.defaultReader.DEFAULT_ORDERED))
              .build());

  private final DocumentContext context;

  private Document(DocumentContext context) {
    this.context = context;
  }

  /// Null if the text is no JSON, or has a number of more than 1000 digits: reading one takes time
  /// that grows with the square of its length.
  public static @Nullable Document parse(String text) {
    if (hasEndlessNumber(text)) {
      return null;
    }
    try {
      return new Document(JSON.parse(text));
    } catch (RuntimeException _) {
      // Beside InvalidJsonException the parser lets number and argument errors of its own escape.
      return null;
    }
  }

  private static boolean hasEndlessNumber(String text) {
    boolean quoted = false;
    int digits = 0;
    for (int i = 0; i < text.length() && digits <= MOST_DIGITS; i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      }
      digits = !quoted && c >= '0' && c <= '9' ? digits + 1 : 0;
    }
    return digits > MOST_DIGITS;
  }

  /// The whole of it, as maps, lists, strings, numbers, booleans and null.
  @Nullable Object root() {
    return context.json();
  }

  /// All values the path leads to.
  public List<@Nullable Object> at(String path) {
    return find(path) instanceof Found.Values(var values, boolean _) ? values : List.of();
  }

  /// What the path leads to.
  Found find(String path) {
    try {
      JsonPath compiled = JsonPath.compile(path);
      Object value = context.read(compiled);
      return !compiled.isDefinite() && value instanceof List<?> matches
          ? Found.all(matches)
          : Found.one(value);
    } catch (JsonPathException _) {
      return new Found.Missing("is missing");
    }
  }
}
