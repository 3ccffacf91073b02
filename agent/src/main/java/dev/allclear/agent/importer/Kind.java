package dev.allclear.agent.importer;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why an entry of a recording is no step of a journey.
enum Kind {
  ASSET("images, fonts, style sheets, scripts and the like"),
  BEACON("beacons, reports and preflights, which browsers send by themselves"),
  STREAM("WebSockets and event streams, which do not end"),
  UNANSWERED("that had no answer"),
  FOREIGN("to other hosts, of which no step needs anything"),
  REPEATED("that asked again for what the step before had asked");

  private static final Set<String> ASSETS =
      Set.of(
          "image",
          "font",
          "stylesheet",
          "style",
          "script",
          "media",
          "audio",
          "video",
          "track",
          "texttrack",
          "manifest",
          "worker",
          "sharedworker",
          "serviceworker",
          "prefetch",
          "signed-exchange",
          "object",
          "embed",
          "xslt");
  private static final Set<String> BEACONS =
      Set.of("ping", "beacon", "cspviolationreport", "report", "preflight", "cspreport");
  private static final Pattern ASSET_TYPE =
      Pattern.compile(
          "(image|font|audio|video)/.*|text/css|.*javascript|.*ecmascript|application/wasm"
              + "|application/font.*|application/manifest\\+json|application/vnd.ms-fontobject");
  private static final Pattern ASSET_PATH =
      Pattern.compile(
          "(?i).*\\.(css|js|mjs|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|otf|eot|mp[34]|webm"
              + "|wasm|webmanifest)");

  private final String description;

  Kind(String description) {
    this.description = description;
  }

  /// Completes a number of requests.
  String description() {
    return description;
  }

  /// Null if it may well be a step, judged by itself.
  static @Nullable Kind of(Entry entry) {
    Request request = entry.request();
    Answer answer = entry.answer();
    if (!request.url().isHttp()
        || answer.status() == 101
        || List.of("websocket", "eventsource").contains(entry.purpose())
        || answer.type().equals("text/event-stream")) {
      return STREAM;
    }
    if (answer.status() < 200 || answer.status() > 599) {
      return UNANSWERED;
    }
    boolean preflight = Pair.value(request.headers(), "Access-Control-Request-Method") != null;
    if (BEACONS.contains(entry.purpose()) || preflight) {
      return BEACON;
    }
    return isAsset(entry) ? ASSET : null;
  }

  private static boolean isAsset(Entry entry) {
    return ASSETS.contains(entry.purpose())
        || ASSET_TYPE.matcher(entry.answer().type()).matches()
        || (!entry.isNavigation()
            && entry.request().isSafe()
            && ASSET_PATH.matcher(entry.request().url().path()).matches());
  }
}
