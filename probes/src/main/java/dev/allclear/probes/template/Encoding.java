package dev.allclear.probes.template;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// How bytes are written as text.
enum Encoding {
  HEX("hex"),
  BASE64("base64"),
  BASE64URL("base64url");

  private final String word;

  Encoding(String word) {
    this.word = word;
  }

  static List<String> words() {
    return List.of(HEX.word, BASE64.word, BASE64URL.word);
  }

  static Encoding of(String word) {
    return word.equals(HEX.word) ? HEX : word.equals(BASE64.word) ? BASE64 : BASE64URL;
  }

  /// Base64url goes without padding, as tokens and RFC 7636 have it.
  String write(byte[] octets) {
    return switch (this) {
      case HEX -> HexFormat.of().formatHex(octets);
      case BASE64 -> Base64.getEncoder().encodeToString(octets);
      case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    };
  }

  String write(String text) {
    return write(text.getBytes(StandardCharsets.UTF_8));
  }
}
