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

  /// Null if the text is no JSON.
  public static @Nullable Document parse(String text) {
    try {
      return new Document(JSON.parse(text));
    } catch (RuntimeException _) {
      // Beside InvalidJsonException the parser lets number and argument errors of its own escape.
      return null;
    }
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
