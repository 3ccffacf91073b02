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
import org.jspecify.annotations.Nullable;

/// What a running agent is told over HTTP.
final class AgentApi {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LARGEST = 65_536;
  private static final String TOKEN = "ALLCLEAR_TOKEN";

  private final URI url;
  private final @Nullable String token;
  private final Duration patience;

  private AgentApi(URI url, @Nullable String token, Duration patience) {
    this.url = url;
    this.token = token;
    this.patience = patience;
  }

  static AgentApi at(URI url) {
    return new AgentApi(url, System.getenv(TOKEN), PATIENCE);
  }

  /// Of an agent that does not answer for so long nothing more is expected.
  AgentApi within(Duration limit) {
    return new AgentApi(url, token, limit);
  }

  /// What the agent wrote down, and its answer as it came.
  record Accepted(Fields fields, String json) {}

  Accepted claim(JsonObject claim) throws IOException, InterruptedException, Refusal {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve("/api/v1/claims"))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(claim.toString()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = send(request.build());
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
    return switch (answer.statusCode()) {
      case 200, 202 -> new Accepted(fields, answer.body());
      case 401 ->
          throw new Refusal(ExitCode.USAGE, fields.text("error") + "; export it as " + TOKEN);
      default -> throw refusal(answer.statusCode(), fields);
    };
  }

  /// Every problem on a line of its own.
  private static Refusal refusal(int status, Fields fields) {
    StringBuilder problems = new StringBuilder(problem(fields));
    if (fields.has("more")) {
      fields.objects("more").forEach(each -> problems.append("\nallclear: ").append(problem(each)));
    }
    return new Refusal(status >= 500 ? ExitCode.OWN_FAILURE : ExitCode.USAGE, problems.toString());
  }

  private static String problem(Fields fields) {
    return fields.text("error") + "; " + advice(fields.text("write"));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
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
