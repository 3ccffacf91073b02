package dev.allclear.agent.web;

import dev.allclear.agent.json.ClaimJson;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Keys of claims that do not tell one: the same for the same content and time.
final class ClaimKeys {
  private static final int OCTETS = 12;

  private ClaimKeys() {}

  static String of(Said said, String actor, Bounds when, String incident) {
    String content = ClaimJson.said(said) + "\n" + actor + "\n" + when.likely().wall() + incident;
    return of(content);
  }

  static String of(String content) {
    byte[] digest = sha256().digest(content.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, OCTETS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
