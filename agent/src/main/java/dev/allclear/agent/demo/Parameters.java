package dev.allclear.agent.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a form or of a query string.
record Parameters(Map<String, String> fields) {

  Parameters {
    fields = Map.copyOf(fields);
  }

  static Parameters parse(@Nullable String encoded) {
    Map<String, String> fields = new HashMap<>();
    if (encoded != null && !encoded.isEmpty()) {
      for (String field : encoded.split("&", -1)) {
        int sign = field.indexOf('=');
        if (sign < 0) {
          throw new IllegalArgumentException(
              "`%s` has no value; write %s=…".formatted(field, field));
        }
        fields.put(decode(field.substring(0, sign)), decode(field.substring(sign + 1)));
      }
    }
    return new Parameters(fields);
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("`" + encoded + "` is not URL-encoded", e);
    }
  }

  @Nullable String get(String name) {
    return fields.get(name);
  }
}
