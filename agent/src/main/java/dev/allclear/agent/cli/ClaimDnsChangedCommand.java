package dev.allclear.agent.cli;

import dev.allclear.agent.json.Fields;
import dev.allclear.agent.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `allclear claim dns-changed NAME`.
@Command(
    name = "dns-changed",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Says that the records of a name were changed. From that instant on the agent measures how"
          + " long it takes until authorities give the new answer, watches them closely, and"
          + " foretells when the last resolver will have it.",
      "Claim it when the change is ordered; said again it is harmless. Exit codes: 0 written down,"
          + " 2 not accepted, 7 no agent answers."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear claim dns-changed shop.example",
      "  allclear claim dns-changed shop.example --at 2026-01-31T12:03:40Z --actor deploy-42"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ClaimDnsChangedCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "A name that the agent follows.")
  private String name = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "When, within the last hour, as 2026-01-31T12:03:40Z. Now if not said.")
  private @Nullable Instant at;

  @Option(names = "--actor", paramLabel = "WHO", description = "Who or what changed it.")
  private @Nullable String actor;

  @Mixin private Target target = new Target();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException, InterruptedException, Refusal {
    JsonObject claim = new JsonObject().put("type", "dns-changed").put("name", name);
    if (at != null) {
      claim.put("at", at.toString());
    }
    if (actor != null) {
      claim.put("actor", actor);
    }
    AgentApi.Accepted accepted = target.agent().claim(claim);
    output.console().say(output.json() ? accepted.json() : says(accepted.fields()));
    return ExitCode.GOOD;
  }

  private static String says(Fields answer) {
    String by = answer.has("actor") ? " by " + answer.text("actor") : "";
    return "%s is said to be changed%s at %s; the agent has it written down"
        .formatted(answer.text("name"), by, answer.text("at"));
  }
}
