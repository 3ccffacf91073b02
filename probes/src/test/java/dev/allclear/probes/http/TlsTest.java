package dev.allclear.probes.http;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.allclear.probes.tls.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates are renewed while the agent runs.
final class TlsTest {
  @TempDir private Path folder;
  private Instant now = Instant.EPOCH;

  @Test
  void readsFilesAgainThatChanged() throws IOException {
    Path both = write(held());
    Tls tls = Tls.of(null, PemFile.ofCertificates(both), null, null);
    TlsContext first = tls.context();

    assertSame(first, tls.context());
    write(held());
    assertNotSame(first, tls.context());
  }

  @Test
  void keepsWhatItHasWhileAFileIsWrong() throws IOException {
    Path both = write(held());
    Tls tls = Tls.of(null, PemFile.ofCertificates(both), null, "shop.example");
    TlsContext first = tls.context();

    write("half a certif");
    assertSame(first, tls.context());
    write(held());
    assertNotSame(first, tls.context());
  }

  private static String held() {
    HeldCertificate held = new HeldCertificate.Builder().build();
    return held.certificatePem() + held.privateKeyPkcs8Pem();
  }

  private Path write(String text) throws IOException {
    now = now.plusSeconds(1);
    Path file = Files.writeString(folder.resolve("me.pem"), text);
    return Files.setLastModifiedTime(file, FileTime.from(now));
  }
}
