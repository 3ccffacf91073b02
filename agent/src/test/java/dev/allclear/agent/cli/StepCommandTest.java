package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StepCommandTest {
  private StubAgent agent;

  @BeforeEach
  void start() throws IOException {
    agent = StubAgent.answering(202, "{}");
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private Ran step(List<String> options, String... command) {
    List<String> line = new ArrayList<>(List.of("step", "drain eu", "--service", "checkout"));
    line.addAll(options);
    line.addAll(List.of("--url", agent.url(), "--"));
    line.addAll(List.of(command));
    return Ran.of(line.toArray(String[]::new));
  }

  private List<String> told() {
    return agent.told().stream()
        .map(claim -> claim.replaceAll("\"at\":\"[^\"]*\"", "\"at\":AT"))
        .toList();
  }

  @Test
  void tellsBeginAndEndOfTheCommand() {
    Ran ran =
        step(
            List.of("--auto", "--key=k", "--runbook=https://w.example/1", "--actor=ci"),
            "sh",
            "-c",
            "exit 0");

    assertEquals(new Ran(0, "", ""), ran);
    String both = "\"step\":\"drain eu\",\"mode\":\"auto\",\"service\":\"checkout\",\"at\":AT,";
    assertEquals(
        List.of(
            "{\"type\":\"step-started\","
                + both
                + "\"key\":\"k/started\",\"error\":\"1ms\",\"actor\":\"ci\",\"runbook\":\"https://w.example/1\"}",
            "{\"type\":\"step-finished\","
                + both
                + "\"key\":\"k/finished\",\"error\":\"1ms\",\"actor\":\"ci\",\"outcome\":\"ok\",\"detail\":\"\"}"),
        told());
  }

  @Test
  void itsExitCodeIsThatOfTheCommand() {
    assertEquals(new Ran(3, "", ""), step(List.of("--manual"), "sh", "-c", "exit 3"));

    assertTrue(told().getLast().contains("\"mode\":\"manual\""), told().getLast());
    assertTrue(
        told().getLast().endsWith("\"outcome\":\"failed\",\"detail\":\"exit code 3\"}"),
        told().getLast());
  }

  @Test
  void hasAKeyOfItsOwnForEachRun() {
    step(List.of(), "true");
    step(List.of(), "true");

    List<String> keys =
        agent.told().stream()
            .map(each -> each.replaceAll(".*\"key\":\"([^\"]*)\".*", "$1"))
            .toList();
    assertEquals(4, keys.stream().distinct().count());
    assertEquals(keys.get(0).replace("/started", "/finished"), keys.get(1));
  }

  @Test
  void passesArgumentsOnAsTheyAre() {
    assertEquals(
        0,
        step(
                List.of(),
                "sh",
                "-c",
                "test \"$1\" = '--url' && test \"$2\" = 'a *'",
                "sh",
                "--url",
                "a *")
            .code());
  }

  @Test
  void saysThatACommandCannotBeRun() {
    Ran missing = step(List.of(), "/nonexistent/command");
    assertEquals(127, missing.code());
    assertEquals(
        "allclear: Cannot run program \"/nonexistent/command\": Exec failed, error: 2 (No such"
            + " file or directory)\n",
        missing.err());
    assertEquals(126, step(List.of(), "/etc/passwd").code());
    assertTrue(told().getLast().contains("\"outcome\":\"failed\""), told().getLast());
  }

  @Test
  void runsTheCommandThoughNoAgentAnswers() {
    String url = agent.url();
    agent.close();

    Ran ran = step(List.of("--key=k 1"), "sh", "-c", "exit 5");

    assertEquals(5, ran.code());
    assertEquals(
        """
        allclear: no agent answers at URL; start one with `allclear run`, or say --url
        allclear: the agent was not told; once it answers, run
          allclear claim step-started --step 'drain eu' --mode auto --service checkout --at AT --key 'k 1/started' --error 1ms --url URL
          allclear claim step-finished --step 'drain eu' --mode auto --service checkout --at AT --key 'k 1/finished' --error 1ms --outcome failed --detail 'exit code 5' --url URL
        """,
        ran.err().replace(url, "URL").replaceAll("--at [^ ]+", "--at AT"));
  }

  @Test
  void saysThatTheAgentRefuses() {
    agent.answers(404, "{\"error\":\"no service `checkout`\",\"write\":\"one of: shop\"}");

    Ran ran = step(List.of(), "true");

    assertEquals(0, ran.code());
    assertTrue(
        ran.err().startsWith("allclear: no service `checkout`; write one of: shop\n"), ran.err());
    assertEquals(2, agent.told().size());
  }

  @Test
  void wantsACommand() {
    Ran ran = Ran.of("step", "drain", "--service", "checkout");

    assertEquals(2, ran.code());
    assertTrue(ran.err().startsWith("Missing required parameter: 'CMD'"), ran.err());
  }
}
