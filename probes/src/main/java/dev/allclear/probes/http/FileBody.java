package dev.allclear.probes.http;

import dev.allclear.probes.tls.Causes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/// Streams a file as it is when the request is sent. Used on one thread.
final class FileBody extends RequestBody {

  static final long LIMIT = 64 * 1024 * 1024;

  private static final long UNKNOWN = -1;

  /// The agent's own trouble, which tells nothing about the target.
  static final class Unreadable extends IOException {
    Unreadable(Path path, String why) {
      super("cannot send " + path + ": " + why);
    }
  }

  private final Path path;
  private final @Nullable MediaType type;
  private long length = UNKNOWN;

  FileBody(Path path, @Nullable MediaType type) {
    this.path = path;
    this.type = type;
  }

  @Override
  public @Nullable MediaType contentType() {
    return type;
  }

  /// Read once: the head of the request promises it.
  @Override
  public long contentLength() throws IOException {
    if (length == UNKNOWN) {
      length = measured();
    }
    return length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    try (Source file = opened()) {
      sink.write(file, contentLength());
    }
  }

  private long measured() throws IOException {
    try {
      long size = Files.size(path);
      if (size > LIMIT) {
        throw new Unreadable(path, "it is larger than 64 MiB");
      }
      return size;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Source opened() throws IOException {
    try {
      return new Local(Okio.source(path));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Unreadable unreadable(IOException e) {
    return switch (e) {
      case Unreadable unreadable -> unreadable;
      case NoSuchFileException _ -> new Unreadable(path, "no such file");
      case AccessDeniedException _ -> new Unreadable(path, "it may not be read");
      default -> new Unreadable(path, Causes.reason(e));
    };
  }

  /// Tells the file's troubles from the connection's.
  private final class Local extends ForwardingSource {
    Local(Source file) {
      super(file);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      try {
        long count = super.read(sink, byteCount);
        if (count < 0) {
          throw new Unreadable(path, "it became shorter while it was sent");
        }
        return count;
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }
}
