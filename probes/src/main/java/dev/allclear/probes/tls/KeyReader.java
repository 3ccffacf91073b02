package dev.allclear.probes.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Reads private keys from DER. The JDK knows only PKCS#8 (RFC 5208); the older forms, PKCS#1 for
/// RSA and SEC 1 for EC, are what PKCS#8 wraps.
final class KeyReader {

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION = hex("020100");
  private static final byte[] RSA = hex("300d06092a864886f70d0101010500");
  private static final byte[] EC = hex("06072a8648ce3d0201");

  /// The curves that TLS 1.3 knows, by their OIDs.
  private static final List<byte[]> CURVES =
      List.of(hex("06082a8648ce3d030107"), hex("06052b81040022"), hex("06052b81040023"));

  private KeyReader() {}

  /// `type` is what the PEM block says that it is.
  static PrivateKey read(String type, byte[] der) throws GeneralSecurityException {
    return switch (type) {
      case "RSA PRIVATE KEY" -> key("RSA", wrapped(RSA, der));
      case "EC PRIVATE KEY" -> key("EC", wrapped(tlv(SEQUENCE, EC, curve(der)), der));
      default -> any(der);
    };
  }

  private static PrivateKey any(byte[] der) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return key(algorithm, der);
      } catch (InvalidKeySpecException _) {
        // Of another algorithm.
      }
    }
    throw new InvalidKeySpecException("unknown algorithm");
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return tlv(SEQUENCE, VERSION, algorithm, tlv(OCTET_STRING, key));
  }

  /// Named within the key itself (RFC 5915).
  private static byte[] curve(byte[] der) throws InvalidKeySpecException {
    String key = HexFormat.of().formatHex(der);
    return CURVES.stream()
        .filter(curve -> key.contains(HexFormat.of().formatHex(curve)))
        .findFirst()
        .orElseThrow(() -> new InvalidKeySpecException("unknown curve"));
  }

  private static byte[] tlv(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Arrays.stream(contents).forEach(content::writeBytes);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (content.size() > 0x7F) {
      whole.write(0x82);
      whole.write(content.size() >> 8);
    }
    whole.write(content.size());
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
