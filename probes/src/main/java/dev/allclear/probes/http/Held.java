package dev.allclear.probes.http;

import dev.allclear.probes.Moment;
import dev.allclear.probes.wire.HttpConnection;
import dev.allclear.probes.wire.HttpEnded;
import dev.allclear.probes.wire.HttpHead;
import dev.allclear.probes.wire.HttpOpened;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A connection to a server that stays open between requests. Any thread.
public final class Held implements AutoCloseable {

  /// RFC 2068 section 19.7.1.1, which servers keep to.
  private static final Pattern TIMEOUT = Pattern.compile("(?i)\\btimeout=(\\d{1,6})\\b");

  private final InetSocketAddress remote;
  private final HttpConnection connection;
  private final HttpOpened opened;
  private volatile @Nullable Duration idleLimit;

  Held(InetSocketAddress remote, HttpConnection connection, HttpOpened opened) {
    this.remote = remote;
    this.connection = connection;
    this.opened = opened;
  }

  InetSocketAddress remote() {
    return remote;
  }

  HttpConnection connection() {
    return connection;
  }

  HttpOpened opened() {
    return opened;
  }

  /// The server has answered on it.
  void answered(HttpHead head) {
    Matcher timeout = TIMEOUT.matcher(head.value("Keep-Alive"));
    if (timeout.find()) {
      idleLimit = Duration.ofSeconds(Integer.parseInt(timeout.group(1)));
    }
  }

  /// How long the server says it leaves the connection open while it is idle; null if it does not.
  public @Nullable Duration idleLimit() {
    return idleLimit;
  }

  /// True if HTTP/2 is spoken on it, so that {@link #ping} may be asked.
  public boolean isTwo() {
    return connection.speaksTwo();
  }

  /// Null if the echo came by then, else what is wrong.
  public CompletableFuture<@Nullable String> ping(Moment deadline) {
    return connection
        .ping(deadline)
        .thenApply(echo -> echo.failure() == null ? null : echo.failure().getMessage());
  }

  /// Completes on a thread that others wait for: what depends on it must not block.
  public CompletableFuture<HttpEnded> ended() {
    return connection.ended();
  }

  @Override
  public void close() {
    connection.close();
  }
}
