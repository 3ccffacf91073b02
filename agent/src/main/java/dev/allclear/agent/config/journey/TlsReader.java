package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.http.Tls;
import dev.allclear.probes.tls.PemFile;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads whom TLS trusts, what it shows, and what it asks for.
final class TlsReader {
  private static final String WANTED = "a map, as {ca: ca.pem}";
  private static final Pattern HOST =
      Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private TlsReader() {}

  static @Nullable Tls read(Value value) {
    return value.map(WANTED, map -> read(value, map));
  }

  private static @Nullable Tls read(Value value, MapReader map) {
    PemFile ca = map.get("ca", file -> pem(file, PemFile::ofCertificates));
    PemFile certificate = map.get("certificate", file -> pem(file, PemFile::ofCertificates));
    PemFile key = key(map, certificate);
    String name = map.get("server-name", text -> text.parsed("a host name", TlsReader::host));
    if (value.keys().isEmpty()) {
      value.wrong("`tls` says nothing; write " + WANTED);
    }
    if (map.has("certificate") && (certificate == null || key == null)) {
      return null;
    }
    try {
      return Tls.of(ca, certificate, key, name);
    } catch (IllegalArgumentException e) {
      value.wrong(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// Without a file of its own it is in the certificate's.
  private static @Nullable PemFile key(MapReader map, @Nullable PemFile certificate) {
    Value key = map.get("key");
    if (key != null && !map.has("certificate")) {
      key.wrong("a key is shown with its certificate; write `certificate`");
      return null;
    }
    if (key != null) {
      return pem(key, PemFile::ofKey);
    }
    return certificate == null ? null : map.get("certificate", file -> pem(file, PemFile::ofKey));
  }

  private static @Nullable PemFile pem(Value value, Function<Path, PemFile> read) {
    Path path = value.file();
    if (path == null) {
      return null;
    }
    try {
      return read.apply(path);
    } catch (IllegalArgumentException e) {
      value.wrong(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " is not the name of a host; write one, as shop.example");
    }
    return text;
  }
}
