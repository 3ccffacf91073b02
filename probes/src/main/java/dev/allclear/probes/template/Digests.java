package dev.allclear.probes.template;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Digests and authentication codes that every JDK knows.
final class Digests {

  static final List<String> HMACS = List.of("sha1", "sha256", "sha512");

  private Digests() {}

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// `hash` is one of {@link #HMACS}.
  static byte[] hmac(String hash, byte[] key, byte[] message) {
    String algorithm = "Hmac" + hash.toUpperCase(Locale.ROOT);
    try {
      Mac mac = Mac.getInstance(algorithm);
      // RFC 2104 pads keys with zeros, so that this is the empty key, which the JDK refuses.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
