package dev.allclear.agent.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Hears what a command tells an agent, and answers what a test wants.
final class StubAgent implements AutoCloseable {
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;
  private volatile int status;
  private volatile String answer;

  private StubAgent(HttpServer server, int status, String answer) {
    this.server = server;
    this.status = status;
    this.answer = answer;
  }

  static StubAgent answering(int status, String answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    StubAgent agent = new StubAgent(server, status, answer);
    server.createContext("/api/v1/claims", agent::hear);
    server.start();
    return agent;
  }

  private void hear(HttpExchange exchange) throws IOException {
    told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  void answers(int code, String text) {
    status = code;
    answer = text;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
