package dev.allclear.agent.web;

import dev.allclear.agent.report.Chart;
import dev.allclear.agent.report.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// What surrounds every view of the page: style and script, and the policy under which a browser
/// runs these two and nothing else.
final class Frame {
  private final String style = resource("page.css") + Chart.STYLE;
  private final String script = resource("page.js");
  private final String policy =
      "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
          .formatted(hash(style), hash(script));

  /// Content-Security-Policy.
  String policy() {
    return policy;
  }

  /// The whole document. Without scripts it loads itself again.
  String around(String title, Html main) {
    return new Html()
        .markup("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .markup("<meta name=\"viewport\" content=\"width=device-width\">")
        .markup("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>")
        .element("title", title)
        .markup("<style>" + style + "</style></head><body>")
        .markup("<p id=\"lost\" role=\"alert\">The agent does not answer. What follows is old.</p>")
        .markup("<main>" + main + "</main>")
        .markup("<script>" + script + "</script></body></html>\n")
        .toString();
  }

  private static String resource(String name) {
    try (InputStream in = Frame.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
