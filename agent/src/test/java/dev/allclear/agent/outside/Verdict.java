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
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
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
    return new Verdict(
        outcome, failedStep(json), text(json, "cause"), steady(text(json, "detail")));
  }

  private static String failedStep(JsonNode json) {
    return json.path("steps")
        .valueStream()
        .filter(step -> text(step, "outcome").equals("fail"))
        .map(step -> text(step, "name"))
        .reduce("", (_, later) -> later);
  }

  /// Without what differs from run to run: how often it was tried, chance, and dates.
  private static String steady(String detail) {
    String tried = TRIES.matcher(detail).replaceFirst("");
    return DATE.matcher(UUID.matcher(tried).replaceAll("UUID")).replaceAll("DATE");
  }

  private static String text(JsonNode json, String key) {
    return json.path(key).asString("");
  }
}
