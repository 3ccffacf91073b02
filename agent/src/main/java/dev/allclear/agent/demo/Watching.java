package dev.allclear.agent.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The config of an agent that watches a world: the one operators are given to start from, with
/// that world's ports.
final class Watching {
  private static final String RESOURCE = "/allclear.yaml";
  private static final Pattern PORT = Pattern.compile("(?<=:)\\d{4}\\b");
  private static final Pattern LEDGER = Pattern.compile("(?<=\\bledger: )[^\\s,}]+");

  /// The interval and the time-out of what detects.
  private static final Pattern SECOND = Pattern.compile("(?<=\\b(every|timeout): )1s\\b");

  private Watching() {}

  static String config(Ports ports, Path ledger, Duration timeout) {
    return SECOND.matcher(config(ports, ledger)).replaceAll(timeout.toMillis() + "ms");
  }

  static String config(Ports ports, Path ledger) {
    try (InputStream in =
        Objects.requireNonNull(Watching.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return fitted(new String(in.readAllBytes(), UTF_8), ports, ledger);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String fitted(String config, Ports ports, Path ledger) {
    Map<Integer, Integer> taken = taken(ports);
    String moved =
        PORT.matcher(config).replaceAll(port -> fitted(Integer.valueOf(port.group()), taken));
    String quoted = "'" + ledger.toString().replace("'", "''") + "'";
    return LEDGER.matcher(moved).replaceAll(Matcher.quoteReplacement(quoted));
  }

  private static String fitted(Integer port, Map<Integer, Integer> taken) {
    return String.valueOf(taken.getOrDefault(port, port));
  }

  private static Map<Integer, Integer> taken(Ports ports) {
    Ports usual = Ports.from(Ports.DEFAULT_BASE);
    return Map.of(
        usual.control(), ports.control(),
        usual.shop(), ports.shop(),
        usual.authority(), ports.authority(),
        usual.obeys(), ports.obeys(),
        usual.clamps(), ports.clamps(),
        usual.stale(), ports.stale());
  }
}
