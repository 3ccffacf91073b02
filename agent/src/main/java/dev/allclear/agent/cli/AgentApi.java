package dev.allclear.agent.cli;

import dev.allclear.agent.json.Fields;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// What a running agent is told over HTTP.
record AgentApi(URI url) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LARGEST = 65_536;

  /// What the agent wrote down, and its answer as it came.
  record Accepted(String name, String at, String actor, String json) {}

  Accepted claim(JsonObject claim) throws IOException, InterruptedException, Refusal {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/api/v1/claims"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(claim.toString()))
            .build();
    HttpResponse<String> answer = send(request);
    try {
      return accepted(answer);
    } catch (IllegalArgumentException _) {
      throw new Refusal(
          ExitCode.OWN_FAILURE,
          "what answers at " + url + " is no agent of this version; say --url");
    }
  }

  private static Accepted accepted(HttpResponse<String> answer) throws Refusal {
    Fields fields = Fields.of("", Json.read(answer.body()));
    if (answer.statusCode() != 202) {
      boolean own = answer.statusCode() >= 500;
      throw new Refusal(
          own ? ExitCode.OWN_FAILURE : ExitCode.USAGE,
          fields.text("error") + "; " + advice(fields.text("write")));
    }
    String actor = fields.has("actor") ? fields.text("actor") : "";
    return new Accepted(fields.text("name"), fields.text("at"), actor, answer.body());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      return client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST));
    } catch (IOException e) {
      throw new IOException(
          "no agent answers at " + url + "; start one with `allclear run`, or say --url", e);
    }
  }

  private static String advice(String write) {
    return write.startsWith("did you mean") || write.startsWith("write ")
        ? write
        : "write " + write;
  }
}
