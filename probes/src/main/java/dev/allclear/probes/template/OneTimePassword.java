package dev.allclear.probes.template;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;

/// The second factor of a login: six digits that change every 30 seconds (RFC 6238, with SHA-1).
final class OneTimePassword {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;

  private OneTimePassword() {}

  /// The code of this moment.
  ///
  /// @throws IllegalArgumentException if the secret is not in base32
  static String of(String secret, Instant now) {
    long step = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    byte[] counter = ByteBuffer.allocate(Long.BYTES).putLong(step).array();
    byte[] code = Digests.hmac("sha1", key(secret), counter);
    // RFC 4226 section 5.3: the last four bits say which four bytes to take.
    int offset = code[code.length - 1] & 0xF;
    int number = ByteBuffer.wrap(code).getInt(offset) & Integer.MAX_VALUE;
    return "%06d".formatted(number % 1_000_000);
  }

  /// As people copy it: in groups, in either case, with or without padding.
  private static byte[] key(String secret) {
    String letters = secret.replaceAll("[\\s=-]", "").toUpperCase(Locale.ROOT);
    ByteBuffer key = ByteBuffer.allocate(letters.length() * 5 / 8);
    int bits = 0;
    int held = 0;
    for (int i = 0; i < letters.length(); i++) {
      int value = BASE32.indexOf(letters.charAt(i));
      if (value < 0) {
        throw new IllegalArgumentException("the secret of a one-time password is not base32");
      }
      bits = ((bits & 0x7F) << 5) | value;
      held += 5;
      if (held >= 8) {
        held -= 8;
        key.put((byte) (bits >> held));
      }
    }
    return key.array();
  }
}
