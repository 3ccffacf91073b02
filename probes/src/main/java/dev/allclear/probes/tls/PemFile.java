package dev.allclear.probes.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of certificates or a private key in PEM (RFC 7468). Messages name the file and never what
/// is in it.
public record PemFile(Path path) {

  private static final int LARGEST = 1024 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /// A file that holds certificates now.
  ///
  /// @throws IllegalArgumentException with what is wrong with it
  public static PemFile ofCertificates(Path path) {
    PemFile file = new PemFile(path);
    var _ = file.certificates();
    return file;
  }

  /// A file that holds a private key now.
  ///
  /// @throws IllegalArgumentException with what is wrong with it
  public static PemFile ofKey(Path path) {
    PemFile file = new PemFile(path);
    var _ = file.key();
    return file;
  }

  /// In the file's order; never empty.
  public List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text());
    while (blocks.find()) {
      if (blocks.group(1).endsWith("CERTIFICATE")) {
        certificates.add(certificate(octets(blocks.group(2))));
      }
    }
    if (certificates.isEmpty()) {
      throw wrong("holds no certificate; write PEM, which begins with -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  public PrivateKey key() {
    Matcher blocks = BLOCK.matcher(text());
    while (blocks.find()) {
      String type = blocks.group(1);
      if (type.endsWith("PRIVATE KEY")) {
        return key(type, blocks.group(2));
      }
    }
    throw wrong("holds no private key; write PEM, which begins with -----BEGIN PRIVATE KEY-----");
  }

  private PrivateKey key(String type, String content) {
    // The old way to encrypt (RFC 1421) has headers in the block.
    if (type.startsWith("ENCRYPTED") || content.contains("Proc-Type")) {
      throw wrong("holds an encrypted key; write one without passphrase");
    }
    try {
      return KeyReader.read(type, octets(content));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw wrong("holds no key that can be read; write an RSA, EC or Ed25519 key as PKCS#8");
    }
  }

  private X509Certificate certificate(byte[] octets) {
    try (InputStream in = new ByteArrayInputStream(octets)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException | IOException _) {
      throw wrong("holds a certificate that cannot be read; write it anew");
    }
  }

  private byte[] octets(String content) {
    try {
      return Base64.getMimeDecoder().decode(content);
    } catch (IllegalArgumentException _) {
      throw wrong("is not valid Base64 between its BEGIN and END; write it anew");
    }
  }

  private String text() {
    try {
      if (Files.size(path) > LARGEST) {
        throw wrong("is larger than 1 MiB; write the certificates that are needed");
      }
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException _) {
      throw wrong("is not there; write the path of a PEM file");
    } catch (IOException e) {
      throw wrong("cannot be read: " + Causes.reason(e));
    }
  }

  /// What changes with its content.
  public String stamp() {
    try {
      return Files.getLastModifiedTime(path) + " " + Files.size(path);
    } catch (IOException e) {
      return e.toString();
    }
  }

  public IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(path + " " + what);
  }
}
