package dev.allclear.agent.importer;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads curl's options, in the order in which they stand.
final class CurlOptions {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("--request", "-X"),
          Map.entry("--header", "-H"),
          Map.entry("--data", "-d"),
          Map.entry("--data-ascii", "-d"),
          Map.entry("--form", "-F"),
          Map.entry("--user", "-u"),
          Map.entry("--cookie", "-b"),
          Map.entry("--user-agent", "-A"),
          Map.entry("--referer", "-e"),
          Map.entry("--get", "-G"),
          Map.entry("--head", "-I"),
          Map.entry("--insecure", "-k"),
          Map.entry("--location", "-L"),
          Map.entry("--proxy", "-x"),
          Map.entry("--cert", "-E"),
          Map.entry("--max-time", "-m"),
          Map.entry("--silent", "-s"),
          Map.entry("--show-error", "-S"),
          Map.entry("--verbose", "-v"),
          Map.entry("--include", "-i"),
          Map.entry("--fail", "-f"),
          Map.entry("--output", "-o"),
          Map.entry("--write-out", "-w"),
          Map.entry("--globoff", "-g"),
          Map.entry("--no-buffer", "-N"));

  private final Iterator<String> words;
  private final CurlData data = new CurlData();
  private final List<Pair> headers = new ArrayList<>();
  private final Map<String, @Nullable Object> explicit = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> keys = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> tls = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable String method;
  private @Nullable String url;
  private @Nullable String proxy;
  private boolean priorKnowledge;
  private boolean head;
  private Duration timeout = Duration.ZERO;

  /// What is left of a word of short options, as `d x=1` of `-sd x=1`.
  private String rest = "";

  private CurlOptions(Iterator<String> words) {
    this.words = words;
  }

  static CurlOptions parse(List<String> words) throws BadImport {
    CurlOptions options = new CurlOptions(words.iterator());
    while (options.words.hasNext()) {
      options.word(options.words.next());
    }
    return options;
  }

  private void word(String word) throws BadImport {
    if (word.startsWith("--")) {
      option(SHORT.getOrDefault(word, word));
    } else if (word.startsWith("-") && word.length() > 1) {
      rest = word.substring(1);
      while (!rest.isEmpty()) {
        String option = "-" + rest.charAt(0);
        rest = rest.substring(1);
        option(option);
      }
    } else {
      url(word);
    }
  }

  private String value(String option) throws BadImport {
    if (!rest.isEmpty()) {
      String value = rest;
      rest = "";
      return value;
    }
    if (!words.hasNext()) {
      throw new BadImport("`" + option + "` has no value; was the command cut off?");
    }
    return words.next();
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
      case "-o", "-w" -> value(option);
      case "--url" -> url(value(option));
      case "-X" -> method = value(option);
      case "-I" -> head = true;
      case "-G" -> data.inQuery();
      case "-H" -> header(value(option));
      case "-b" -> cookies(value(option));
      case "-A" -> explicit.put("User-Agent", StepKeys.literal(value(option)));
      case "-e" ->
          explicit.put("Referer", StepKeys.literal(value(option).replaceFirst(";auto$", "")));
      case "-u" ->
          headers.add(
              new Pair(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder()
                          .encodeToString(value(option).getBytes(StandardCharsets.UTF_8))));
      case "--oauth2-bearer" -> headers.add(new Pair("Authorization", "Bearer " + value(option)));
      case "-d",
          "--data-raw",
          "--data-binary",
          "--data-urlencode",
          "--json",
          "-F",
          "--form-string" ->
          data.add(option, value(option));
      case "-L" -> keys.put("redirects", "follow");
      case "-m" -> timeout(value(option));
      default -> connection(option);
    }
  }

  private void connection(String option) throws BadImport {
    switch (option) {
      case "-k" ->
          notes.add(
              "-k: a journey trusts no certificate unseen; for one of your own, write"
                  + " tls: {ca: ca.pem}");
      case "-x" -> proxy = value(option);
      case "--cacert" -> tls.put("ca", value(option));
      case "-E" -> certificate(value(option));
      case "--key" -> tls.put("key", value(option));
      case "--connect-to" -> connectTo(value(option), 2);
      case "--resolve" -> connectTo(value(option), 2);
      case "--http1.1" -> keys.put("http", "1.1");
      case "--http2-prior-knowledge" -> priorKnowledge = true;
      default ->
          throw new BadImport(
              "curl's `"
                  + option
                  + "` is not known here; remove it, and look whether the journey"
                  + " still does what the command did");
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

  private void timeout(String seconds) throws BadImport {
    try {
      timeout = Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new BadImport("`" + seconds + "` is no number of seconds", e);
    }
    long millis = timeout.toMillis();
    keys.put("timeout", millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms");
  }

  private void certificate(String written) {
    int colon = written.lastIndexOf(':');
    tls.put("certificate", colon > 1 ? written.substring(0, colon) : written);
    if (colon > 1) {
      notes.add("-E: a key with a password is not supported; write one without");
    }
  }

  /// `HOST:PORT:` comes before the place to connect to.
  private void connectTo(String written, int colons) throws BadImport {
    String[] parts = written.split(":", colons + 1);
    if (parts.length <= colons) {
      throw new BadImport("`" + written + "` names no place to connect to");
    }
    keys.put("connect-to", parts[colons].replaceFirst(",.*", "").replaceFirst(":$", ""));
  }

  String url() throws BadImport {
    if (url == null) {
      throw new BadImport("there is no URL in the command");
    }
    return url;
  }

  Request request(Url target) {
    boolean body = data.isBody();
    String verb = method;
    if (verb == null) {
      verb = head ? "HEAD" : body ? "POST" : "GET";
    }
    List<Pair> all = new ArrayList<>(headers);
    data.implied().stream()
        .filter(header -> Pair.value(headers, header.name()) == null)
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
    return explicit;
  }

  Duration timeout() {
    return timeout;
  }

  /// How it connects, and for how long it waits.
  Map<String, @Nullable Object> keys(Environment environment) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(keys);
    if (!tls.isEmpty()) {
      all.put("tls", tls);
    }
    if (priorKnowledge) {
      all.put("http", String.valueOf(url).startsWith("https:") ? "2" : "h2c");
    }
    if (proxy != null) {
      all.put("proxy", proxy(proxy, environment));
    }
    return all;
  }

  private static String proxy(String written, Environment environment) {
    String proxy = written.contains("://") ? written : "http://" + written;
    Url parsed = Url.parse(proxy);
    String user = parsed == null ? null : parsed.user();
    int colon = user == null ? -1 : user.indexOf(':');
    if (parsed == null || user == null || colon < 0) {
      return StepKeys.literal(proxy);
    }
    return "%s://%s:%s@%s"
        .formatted(
            parsed.scheme(),
            StepKeys.literal(user.substring(0, colon)),
            environment.template("proxy-password", user.substring(colon + 1)),
            parsed.authority().substring(user.length() + 1));
  }
}
