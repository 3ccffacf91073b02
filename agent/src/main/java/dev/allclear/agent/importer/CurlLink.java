package dev.allclear.agent.importer;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What curl's options `-x`, `--cacert`, `--connect-to` and their kin say of how to connect, and
/// for how long to wait.
final class CurlLink {
  private final List<String> notes;
  private final Map<String, @Nullable Object> keys = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> tls = new LinkedHashMap<>();
  private @Nullable String proxy;
  private boolean priorKnowledge;
  private Duration timeout = Duration.ZERO;

  /// `notes` takes what cannot be done as curl does it.
  CurlLink(List<String> notes) {
    this.notes = notes;
  }

  /// An option that has no value.
  void add(String option) {
    switch (option) {
      case "-k" ->
          notes.add(
              "-k: a journey trusts no certificate unseen; for one of your own, write"
                  + " tls: {ca: ca.pem}");
      case "-L" -> keys.put("redirects", "follow");
      case "--http1.1" -> keys.put("http", "1.1");
      default -> priorKnowledge = true;
    }
  }

  void add(String option, String value) throws BadImport {
    switch (option) {
      case "-m" -> timeout(value);
      case "-x" -> proxy = value;
      case "--cacert" -> tls.put("ca", value);
      case "-E" -> certificate(value);
      case "--key" -> tls.put("key", value);
      default -> connectTo(value);
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
  private void connectTo(String written) throws BadImport {
    String[] parts = written.split(":", 3);
    if (parts.length < 3) {
      throw new BadImport("`" + written + "` names no place to connect to");
    }
    keys.put("connect-to", parts[2].replaceFirst(",.*", "").replaceFirst(":$", ""));
  }

  /// Zero if the command has none.
  Duration timeout() {
    return timeout;
  }

  /// To get to the URL.
  Map<String, @Nullable Object> keys(String url, Environment environment) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(keys);
    if (!tls.isEmpty()) {
      all.put("tls", tls);
    }
    if (priorKnowledge) {
      all.put("http", url.startsWith("https:") ? "2" : "h2c");
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
