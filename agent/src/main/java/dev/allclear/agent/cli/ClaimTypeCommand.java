package dev.allclear.agent.cli;

import dev.allclear.agent.json.ClaimMember;
import dev.allclear.agent.json.ClaimType;
import dev.allclear.agent.json.Fields;
import dev.allclear.agent.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/// `allclear claim TYPE` for every type that is about a service: the options are what is told with
/// it.
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    sortOptions = false,
    footerHeading = "%nExample:%n")
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ClaimTypeCommand implements Callable<Integer> {
  private final ClaimType type;
  private final Map<String, OptionSpec> members = new LinkedHashMap<>();

  @Option(names = "--service", paramLabel = "NAME", description = "Of which service.")
  private @Nullable String service;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Of which of its regions. All if not said.")
  private @Nullable String region;

  @Option(
      names = "--incident",
      paramLabel = "ID",
      description = "Of which outage. That of its time if not said.")
  private @Nullable String incident;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When, as 2026-01-31T12:03:40Z. Now if not said.")
  private @Nullable String at;

  @Option(
      names = "--error",
      paramLabel = "LENGTH",
      description = "By how much that may be wrong, as 30s. 1s if not said.")
  private @Nullable String error;

  @Option(names = "--actor", paramLabel = "WHO", description = "Who or what says so.")
  private @Nullable String actor;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Said again with the same key it is nothing new.")
  private @Nullable String key;

  @Mixin private Target target = new Target();

  @Mixin private Output output = new Output();

  private ClaimTypeCommand(ClaimType type) {
    this.type = type;
  }

  static CommandSpec spec(ClaimType type) {
    ClaimTypeCommand command = new ClaimTypeCommand(type);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command).name(type.label());
    spec.usageMessage()
        .description(
            "Says: " + type.meaning(),
            "Exit codes: 0 written down, 2 not accepted, 7 no agent answers.")
        .footer("  allclear claim " + type.label() + " --service checkout" + example(type));
    for (ClaimMember member : type.members()) {
      OptionSpec option = option(member);
      command.members.put(member.name(), option);
      spec.addOption(option);
    }
    return spec;
  }

  private static OptionSpec option(ClaimMember member) {
    OptionSpec.Builder option =
        OptionSpec.builder(name(member))
            .required(member.isRequired())
            .description(
                member.words().isEmpty()
                    ? member.meaning()
                    : member.meaning() + " One of: " + String.join(", ", member.words()) + ".");
    return switch (member.kind()) {
      case TEXT, CHOICE -> option.type(String.class).paramLabel("TEXT").build();
      case BYTES -> option.type(Long.class).paramLabel("BYTES").build();
      case NUMBER -> option.type(Double.class).paramLabel("NUMBER").build();
      case FLAG ->
          option
              .type(Boolean.class)
              .arity(member.isRequired() ? "1" : "0")
              .paramLabel("true|false")
              .build();
    };
  }

  /// As `--game-day`.
  private static String name(ClaimMember member) {
    return "--" + member.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String example(ClaimType type) {
    return type.members().stream()
        .filter(member -> member.isRequired() || type.members().size() == 1)
        .map(member -> " " + name(member) + " " + Words.quoted(String.valueOf(member.example())))
        .collect(Collectors.joining());
  }

  @Override
  public Integer call() throws IOException, InterruptedException, Refusal {
    AgentApi.Accepted accepted = target.agent().claim(claim());
    output.console().say(output.json() ? accepted.json() : says(accepted.fields()));
    return ExitCode.GOOD;
  }

  private JsonObject claim() {
    JsonObject claim = new JsonObject().put("type", type.label());
    members.forEach((name, option) -> put(claim, name, option.getValue()));
    put(claim, "service", service);
    put(claim, "region", region);
    put(claim, "incident", incident);
    put(claim, "at", at);
    put(claim, "error", error);
    put(claim, "actor", actor);
    put(claim, "key", key);
    return claim;
  }

  private static void put(JsonObject claim, String name, @Nullable Object value) {
    if (value != null) {
      claim.put(name, value);
    }
  }

  private static String says(Fields answer) {
    String done =
        answer.text("status").equals("known") ? "was written down before" : "is written down";
    return "%s of %s %s: %s"
        .formatted(answer.text("type"), answer.text("service"), done, filed(answer));
  }

  private static String filed(Fields answer) {
    List<Fields> cells = answer.objects("filed");
    if (cells.stream().noneMatch(cell -> cell.has("incident"))) {
      return "no outage was open then; one that begins within 15 minutes takes it over, and"
          + " --incident names another";
    }
    return cells.stream()
        .map(cell ->
            cell.has("incident")
                ? "part of " + cell.text("incident")
                : "none was open in " + cell.text("region"))
        .collect(Collectors.joining(", "));
  }
}
