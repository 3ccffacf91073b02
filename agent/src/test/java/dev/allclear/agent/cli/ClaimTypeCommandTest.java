package dev.allclear.agent.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.json.ClaimMember;
import dev.allclear.agent.json.ClaimType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class ClaimTypeCommandTest {
  private static final String WRITTEN =
      "{\"type\":\"step-finished\",\"service\":\"checkout\",\"status\":\"written\","
          + "\"filed\":[{\"region\":\"eu\",\"incident\":\"checkout~eu-1\"},"
          + "{\"region\":\"us\",\"incident\":null}]}";

  private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

  private StubAgent agent;

  @BeforeEach
  void start() throws IOException {
    agent = StubAgent.answering(202, WRITTEN);
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private Ran claim(String... words) {
    List<String> line = new ArrayList<>(List.of("claim"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", agent.url()));
    return Ran.of(line.toArray(String[]::new));
  }

  @Test
  void tellsTheAgentAndSaysWhereItIsFiled() {
    assertEquals(
        new Ran(
            0,
            "step-finished of checkout is written down: part of checkout~eu-1, none was open"
                + " in us\n",
            ""),
        claim(
            "step-finished",
            "--service=checkout",
            "--region=eu",
            "--step=drain eu",
            "--outcome=ok",
            "--mode=auto",
            "--detail=all gone",
            "--at=2026-01-31T12:03:40Z",
            "--error=2s",
            "--actor=eve",
            "--key=k1"));
    assertEquals(
        List.of(
            "{\"type\":\"step-finished\",\"step\":\"drain eu\",\"mode\":\"auto\","
                + "\"outcome\":\"ok\",\"detail\":\"all gone\",\"service\":\"checkout\","
                + "\"region\":\"eu\",\"at\":\"2026-01-31T12:03:40Z\",\"error\":\"2s\","
                + "\"actor\":\"eve\",\"key\":\"k1\"}"),
        agent.told());
  }

  @Test
  void tellsNumbersAndFlagsAsSuch() {
    claim("restore-progress", "--service=shop", "--done=5", "--total=9000000000");
    claim("gauge", "--service=shop", "--name=lag", "--value=2.5");
    claim("fault-injected", "--service=shop", "--fault=kill eu", "--game-day");
    claim("integrity-checked", "--service=shop", "--passed=false");

    assertEquals(
        List.of(
            "{\"type\":\"restore-progress\",\"done\":5,\"total\":9000000000,\"service\":\"shop\"}",
            "{\"type\":\"gauge\",\"name\":\"lag\",\"value\":2.5,\"service\":\"shop\"}",
            "{\"type\":\"fault-injected\",\"fault\":\"kill eu\",\"gameDay\":true,"
                + "\"service\":\"shop\"}",
            "{\"type\":\"integrity-checked\",\"passed\":false,\"service\":\"shop\"}"),
        agent.told());
  }

  @Test
  void saysThatNoneIsOpenOrThatItIsKnown() {
    agent.answers(
        200,
        "{\"type\":\"acknowledged\",\"service\":\"shop\",\"status\":\"known\","
            + "\"filed\":[{\"region\":\"global\",\"incident\":null}]}");
    assertEquals(
        new Ran(
            0,
            "acknowledged of shop was written down before: no outage was open then; one that begins"
                + " within 15 minutes takes it over, and --incident names another\n",
            ""),
        claim("acknowledged", "--service=shop"));
    assertEquals(
        new Ran(
            0,
            "{\"type\":\"acknowledged\",\"service\":\"shop\",\"status\":\"known\","
                + "\"filed\":[{\"region\":\"global\",\"incident\":null}]}\n",
            ""),
        claim("acknowledged", "--service=shop", "--json"));
  }

  @Test
  void saysEverythingThatIsWrong() {
    agent.answers(
        400,
        "{\"error\":\"bad step\",\"write\":\"one\",\"more\":[{\"error\":\"no service `x`\","
            + "\"write\":\"did you mean `y`?\"}]}");
    assertEquals(
        new Ran(
            2, "", "allclear: bad step; write one\nallclear: no service `x`; did you mean `y`?\n"),
        claim("step-started", "--service=x", "--step=y"));
    agent.answers(
        401, "{\"error\":\"who claims has to know the agent's token\",\"write\":\"the header\"}");
    assertEquals(
        new Ran(
            2,
            "",
            "allclear: who claims has to know the agent's token; export it as ALLCLEAR_TOKEN\n"),
        claim("acknowledged", "--service=x"));
  }

  static Stream<ClaimType> types() {
    return Stream.of(ClaimType.values()).filter(type -> type != ClaimType.DNS_CHANGED);
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeHasHelpWithAnExampleThatWorks(ClaimType type) {
    CommandLine claim = requireNonNull(Ran.commands().getSubcommands().get("claim"));
    String help = requireNonNull(claim.getSubcommands().get(type.label())).getUsageMessage();
    String example = help.lines().reduce("", (_, last) -> last).strip();

    assertTrue(example.startsWith("allclear claim " + type.label() + " --service checkout"), help);
    assertTrue(help.contains(type.meaning()), help);
    for (ClaimMember member : type.members()) {
      String option = "--" + member.name().replace("gameDay", "game-day");
      assertTrue(help.contains(option.toLowerCase(Locale.ROOT)), help);
    }
    List<String> words =
        WORD.matcher(example).results().map(word -> word.group().replace("'", "")).toList();
    assertEquals(0, claim(words.subList(2, words.size()).toArray(String[]::new)).code(), example);
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeIsACommand(ClaimType type) {
    CommandLine claim = requireNonNull(Ran.commands().getSubcommands().get("claim"));

    assertTrue(claim.getSubcommands().containsKey(type.label()));
  }

  @Test
  void wantsWhatHasToBeTold() {
    Ran ran = Ran.of("claim", "step-finished", "--service", "checkout");

    assertEquals(2, ran.code());
    assertTrue(ran.err().startsWith("Missing required options: '--step="), ran.err());
  }
}
