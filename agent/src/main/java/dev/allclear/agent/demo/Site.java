package dev.allclear.agent.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/// An HTTP server on one address, whose answers come from a function. Closing it drops every
/// connection.
final class Site implements Closeable {
  /// Waiting connections that the kernel keeps; more than any probe opens.
  private static final int BACKLOG = 128;

  /// Says what is answered. Any thread.
  @FunctionalInterface
  interface Pages {
    /// An exception drops the connection without an answer.
    Response answer(Request request) throws IOException;
  }

  private final HttpServer server;

  private Site(HttpServer server) {
    this.server = server;
  }

  static Site open(InetSocketAddress address, Pages pages, Executor threads) throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, pages));
    server.start();
    return new Site(server);
  }

  private static void serve(HttpExchange exchange, Pages pages) throws IOException {
    try (exchange) {
      Request request = Request.read(exchange);
      Response response =
          request == null
              ? Response.text(413, "the body is larger than " + Request.LARGEST_BODY + " bytes\n")
              : pages.answer(request);
      response.send(exchange);
    }
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
