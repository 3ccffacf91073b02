package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Plain HTTP on loopback.
final class Web {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();
  private static final JsonMapper JSON = JsonMapper.shared();

  private Web() {}

  /// True once the address answers 200.
  static boolean isUp(String url) throws InterruptedException {
    try {
      return send(request(url).GET().build()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  static String get(String url) throws IOException, InterruptedException {
    return body(request(url).GET().build());
  }

  static String post(String url) throws IOException, InterruptedException {
    return body(request(url).POST(BodyPublishers.noBody()).build());
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMinutes(1));
  }

  private static String body(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request);
    assertEquals(200, response.statusCode(), () -> request.uri() + ": " + response.body());
    return response.body();
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
