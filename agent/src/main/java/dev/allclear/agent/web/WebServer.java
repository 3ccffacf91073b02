package dev.allclear.agent.web;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/// Serves what the agent knows over HTTP. One event loop moves bytes; requests are answered one
/// after another on virtual threads, so a source may block.
public final class WebServer implements AutoCloseable {
  private static final int IDLE_SECONDS = 30;
  private static final int LONGEST_LINE = 4096;
  private static final int LARGEST_HEADERS = 8192;

  private final Vertx vertx;
  private final int port;

  private WebServer(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /// Port 0 takes any that is free.
  ///
  /// @throws IOException if the address cannot be listened on, with what to do about it
  public static WebServer start(InetSocketAddress address, Sources sources) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException(
          "cannot find the address of `%s`; write an IP address"
              .formatted(address.getHostString()));
    }
    Vertx vertx = vertx();
    try {
      HttpServer server = vertx.createHttpServer(options(address));
      server.requestHandler(Routes.of(vertx, sources));
      DeploymentOptions threads =
          new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
      await(vertx.deployVerticle(_ -> server.listen(), threads));
      return new WebServer(vertx, server.actualPort());
    } catch (CompletionException e) {
      await(vertx.close());
      throw new IOException(refusal(address, Objects.requireNonNullElse(e.getCause(), e)), e);
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static Vertx vertx() {
    FileSystemOptions noFiles =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(noFiles));
  }

  private static HttpServerOptions options(InetSocketAddress address) {
    return new HttpServerOptions()
        .setHost(address.getAddress().getHostAddress())
        .setPort(address.getPort())
        .setIdleTimeout(IDLE_SECONDS)
        .setMaxInitialLineLength(LONGEST_LINE)
        .setMaxHeaderSize(LARGEST_HEADERS)
        .setHttp2ClearTextEnabled(false);
  }

  private static String refusal(InetSocketAddress address, Throwable cause) {
    String where = address.getAddress().getHostAddress() + ":" + address.getPort();
    String reason = String.valueOf(cause.getMessage());
    boolean inUse = cause instanceof BindException && reason.contains("in use");
    return inUse
        ? where
            + " is in use, perhaps by another agent; stop it, or choose another address with"
            + " `agent.listen` or `--listen`"
        : "cannot listen on %s: %s; choose another address with `agent.listen` or `--listen`"
            .formatted(where, reason);
  }

  private static void await(Future<?> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }
}
