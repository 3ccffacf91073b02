package dev.allclear.probes.http;

import dev.allclear.probes.tls.Causes;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import okhttp3.Headers;
import okio.Buffer;
import org.brotli.dec.BrotliInputStream;

/// Takes the content codings off a body that was read (RFC 9110 section 8.4), up to a size.
final class Coding {

  /// What is asked for.
  static final String ACCEPTED = "gzip, br";

  /// Nobody encodes twice but by mistake; more often is an attack.
  private static final int MOST_LAYERS = 2;

  private final long limit;

  Coding(long limit) {
    this.limit = limit;
  }

  /// The content, whose last bytes may be missing if `cut` says that those of the body are. A
  /// coding that was not asked for stays.
  Buffer decode(Buffer body, Headers headers, boolean cut) throws IOException {
    List<String> codings = codings(headers);
    if (codings.size() > MOST_LAYERS) {
      throw new Breach("the body is encoded %d times".formatted(codings.size()));
    }
    Buffer content = body;
    for (String coding : codings.reversed()) {
      if (content.exhausted() || !isKnown(coding)) {
        return content;
      }
      content = decode(content, coding, cut);
    }
    return content;
  }

  private static List<String> codings(Headers headers) {
    List<String> codings = new ArrayList<>();
    for (String line : headers.values("Content-Encoding")) {
      for (String coding : line.toLowerCase(Locale.ROOT).split(",", 0)) {
        if (!coding.isBlank() && !coding.strip().equals("identity")) {
          codings.add(coding.strip());
        }
      }
    }
    return codings;
  }

  private static boolean isKnown(String coding) {
    return switch (coding) {
      case "gzip", "x-gzip", "br" -> true;
      default -> false;
    };
  }

  private Buffer decode(Buffer body, String coding, boolean cut) throws IOException {
    Buffer content = new Buffer();
    try (InputStream in = decoder(body, coding)) {
      copy(in, content);
    } catch (IOException e) {
      if (!isEnd(e)) {
        throw new Breach("the body is not valid %s: %s".formatted(coding, Causes.reason(e)));
      }
      if (!cut) {
        throw new Breach("the %s body breaks off".formatted(coding));
      }
    }
    return content;
  }

  private static boolean isEnd(IOException e) {
    return e instanceof EOFException || Causes.reason(e).equals("Unexpected end of input");
  }

  private static InputStream decoder(Buffer body, String coding) throws IOException {
    return coding.equals("br")
        ? new BrotliInputStream(narrowed(body))
        : new GZIPInputStream(body.inputStream());
  }

  /// A window of 2 MiB holds all that is kept, so that a larger one that the first octet claims
  /// (RFC 7932 section 9.1) would only take memory, up to 16 MiB.
  private static InputStream narrowed(Buffer body) {
    byte[] octets = body.readByteArray();
    boolean wide = (octets[0] & 1) == 1 && (octets[0] & 0xF) > 9;
    octets[0] = wide ? (byte) ((octets[0] & 0xF0) | 9) : octets[0];
    return new ByteArrayInputStream(octets);
  }

  private void copy(InputStream in, Buffer content) throws IOException {
    byte[] part = new byte[8192];
    int count = 0;
    while (count >= 0 && content.size() < limit) {
      content.write(part, 0, count);
      count = in.read(part);
    }
  }
}
