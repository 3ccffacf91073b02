package dev.allclear.agent.importer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads curl's options, in the order in which they stand.
final class CurlOptions {
  private final CurlWords words;
  private final List<String> notes = new ArrayList<>();
  private final CurlData data = new CurlData();
  private final CurlHead head = new CurlHead(notes);
  private final CurlLink link = new CurlLink(notes);
  private @Nullable String method;
  private @Nullable String url;
  private boolean headOnly;

  private CurlOptions(CurlWords words) {
    this.words = words;
  }

  static CurlOptions parse(List<String> words) throws BadImport {
    CurlOptions options = new CurlOptions(new CurlWords(words));
    while (options.words.hasNext()) {
      String word = options.words.next();
      if (CurlWords.isOption(word)) {
        options.option(word);
      } else {
        options.url(word);
      }
    }
    return options;
  }

  private void url(String written) throws BadImport {
    if (url != null) {
      throw new BadImport("a second URL, `" + written + "`; give one request at a time");
    }
    url = written;
  }

  private void option(String option) throws BadImport {
    switch (option) {
      case "-s", "-S", "-v", "-i", "-f", "-g", "-N", "-#", "--compressed", "--http2" -> {}
      case "-o", "-w" -> words.value(option);
      case "--url" -> url(words.value(option));
      case "-X" -> method = words.value(option);
      case "-I" -> headOnly = true;
      case "-G" -> data.inQuery();
      case "-H", "-b", "-A", "-e", "-u", "--oauth2-bearer" -> head.add(option, words.value(option));
      case "-d",
          "--data-raw",
          "--data-binary",
          "--data-urlencode",
          "--json",
          "-F",
          "--form-string" ->
          data.add(option, words.value(option));
      case "-k", "-L", "--http1.1", "--http2-prior-knowledge" -> link.add(option);
      case "-m", "-x", "--cacert", "-E", "--key", "--connect-to", "--resolve" ->
          link.add(option, words.value(option));
      default ->
          throw new BadImport(
              "curl's `"
                  + option
                  + "` is not known here; remove it, and look whether the journey"
                  + " still does what the command did");
    }
  }

  String url() throws BadImport {
    if (url == null) {
      throw new BadImport("there is no URL in the command");
    }
    return url;
  }

  Request request(Url target) {
    String verb = method;
    if (verb == null) {
      verb = headOnly ? "HEAD" : data.isBody() ? "POST" : "GET";
    }
    List<Pair> all = new ArrayList<>(head.headers());
    data.implied().stream()
        .filter(header -> Pair.value(head.headers(), header.name()) == null)
        .forEach(all::add);
    return new Request(verb, data.url(target), all, data.payload(Pair.value(all, "Content-Type")));
  }

  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    all.addAll(data.notes());
    return all;
  }

  /// Those that the command sets by an option of their own.
  Map<String, @Nullable Object> headers() {
    return head.explicit();
  }

  Duration timeout() {
    return link.timeout();
  }

  /// How it connects, and for how long it waits.
  Map<String, @Nullable Object> keys(Environment environment) {
    return link.keys(String.valueOf(url), environment);
  }
}
