package dev.allclear.probes.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads what a template takes from a file: a token, say, that something else replaces now and
/// then.
final class SecretFile {

  private static final int MOST = 64 * 1024;

  private SecretFile() {}

  /// The text without its last line break.
  ///
  /// @throws IOException whose message says why it cannot be read
  static String read(Path file) throws IOException {
    // Another kind of file may never end, or wait for somebody to write.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is no file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MOST + 1);
      if (octets.length > MOST) {
        throw new IOException("it is larger than 64 KiB");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets))
          .toString()
          .replaceFirst("\\r?\\n\\z", "");
    } catch (NoSuchFileException e) {
      throw new IOException("no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8", e);
    }
  }
}
