package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What `allclear probe` says of one run: whether it passed, or the step that did not and why.
record Verdict(String outcome, String step, String cause, String detail) {

  /// The verdict of a run that passed.
  static final Verdict PASS = new Verdict("pass", "", "", "");

  private static final Pattern TRIES = Pattern.compile(" \\(\\d+ tr(y|ies)\\)");
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final List<String> OUTCOMES = List.of("pass", "fail");

  static Verdict fail(String step, String cause, String detail) {
    return new Verdict("fail", step, cause, detail);
  }

  static Verdict of(Path folder, String config, String probe, Map<String, String> environment)
      throws IOException, InterruptedException {
    Finished run = Binary.run(folder, environment, "probe", probe, "--config", config, "--json");
    JsonNode json = Web.json(run.out());
    String outcome = json.path("outcome").asString("");
    assertEquals(OUTCOMES.indexOf(outcome), run.code(), run::toString);
    if (run.code() == 0) {
      return PASS;
    }
    JsonNode last = json.path("steps").get(json.path("steps").size() - 1);
    return new Verdict(
        outcome, text(last, "name"), text(last, "cause"), steady(text(last, "detail")));
  }

  /// Without what differs from run to run: how often it was tried, and chance.
  private static String steady(String detail) {
    return UUID.matcher(TRIES.matcher(detail).replaceFirst("")).replaceAll("UUID");
  }

  private static String text(JsonNode json, String key) {
    return json.path(key).asString("");
  }
}
