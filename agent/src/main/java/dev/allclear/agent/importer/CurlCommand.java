package dev.allclear.agent.importer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A curl command: one request.
public final class CurlCommand {
  private final CurlOptions options;
  private final Url url;

  private CurlCommand(CurlOptions options, Url url) {
    this.options = options;
    this.url = url;
  }

  /// Of a line as it would be typed into a shell.
  ///
  /// @throws BadImport naming what is not understood
  public static CurlCommand parse(String line) throws BadImport {
    return parse(ShellWords.split(line));
  }

  /// Of words that a shell has split already.
  ///
  /// @throws BadImport naming what is not understood
  public static CurlCommand parse(List<String> words) throws BadImport {
    if (words.stream().anyMatch(word -> word.startsWith("^"))) {
      throw new BadImport("this command is for Windows; copy it as cURL (bash) instead");
    }
    boolean named = !words.isEmpty() && words.getFirst().matches("(.*/)?curl");
    CurlOptions options = CurlOptions.parse(named ? words.subList(1, words.size()) : words);
    String written = options.url();
    Url url = Url.parse(written.contains("://") ? written : "http://" + written);
    if (url == null || !url.isHttp() || url.host().isEmpty()) {
      throw new BadImport("`" + written + "` is no URL of http or https");
    }
    return new CurlCommand(options, url);
  }

  /// The host of its URL.
  public String host() {
    return url.host();
  }

  /// A config with the request as its one journey. `target` is the file that it goes to.
  public Imported journey(String name, String target) {
    Weave weave = new Weave();
    Request request = options.request(url);
    StepDraft step = new StepDraft(request, new Answer(0, List.of(), "", ""));
    step.name(request.method().toLowerCase(Locale.ROOT) + " " + request.url().path());
    step.comments.addAll(options.notes());
    String base = request.url().origin();
    step.keys.putAll(StepKeys.of(request, weave.texts(null, step.comments), base));
    if (!options.headers().isEmpty()) {
      headers(step).putAll(options.headers());
    }
    Map<String, @Nullable Object> cookies = CookieKeys.of(request.cookies(), weave.environment());
    if (!cookies.isEmpty()) {
      step.keys.put("cookies", cookies);
    }
    step.keys.putAll(options.keys(weave.environment()));
    step.expect.put("status", "2xx");
    return new ConfigText(name, target, weave.environment())
        .of("Made of a curl command.", List.of(), base, options.timeout(), List.of(step));
  }

  private static Map<String, @Nullable Object> headers(StepDraft step) {
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    if (step.keys.get("headers") instanceof Map<?, ?> known) {
      known.forEach((name, value) -> headers.put(String.valueOf(name), value));
    }
    step.keys.put("headers", headers);
    return headers;
  }
}
