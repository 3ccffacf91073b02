package dev.allclear.agent.importer;

import java.time.Duration;
import java.util.List;

/// Writes a config whose one service has one journey.
final class ConfigText {
  private static final int STEP = 6;
  private static final Duration LEAST = Duration.ofSeconds(20);

  private final String name;
  private final String target;
  private final Environment environment;

  /// `target` is the file it goes to.
  ConfigText(String name, String target, Environment environment) {
    this.name = name;
    this.target = target;
    this.environment = environment;
  }

  /// `made` says of what; `took` is the time that all of it took once.
  Imported of(
      String made, List<String> leftOut, String base, Duration took, List<StepDraft> steps) {
    YamlText yaml = new YamlText();
    yaml.comment(0, made);
    yaml.comment(0, "  check it:  allclear check " + target);
    yaml.comment(0, "  run it:    allclear probe " + name + " --config " + target);
    comments(yaml, "Before that, export the secrets in it:", exports());
    comments(yaml, "Left out:", leftOut);
    yaml.line("");
    service(yaml);
    yaml.line("");
    yaml.line("journeys:").line("  " + name + ":").line("    every: 1m");
    yaml.entry(4, "deadline", deadline(took)).entry(4, "base", base).line("    steps:");
    for (StepDraft step : steps) {
      step.comments.forEach(line -> yaml.comment(STEP, line));
      yaml.element(STEP, step.tree());
    }
    return new Imported(yaml.toString(), steps.size(), environment.names());
  }

  private List<String> exports() {
    return environment.names().stream().map(each -> "export " + each + "='…'").toList();
  }

  private static void comments(YamlText yaml, String head, List<String> lines) {
    if (!lines.isEmpty()) {
      yaml.comment(0, head);
      lines.forEach(line -> yaml.comment(0, "  " + line));
    }
  }

  private void service(YamlText yaml) {
    yaml.line("services:").line("  " + name + ":");
    yaml.line("    rto: 5m                     # from onset to verified");
    yaml.line("    verify: {journeys: [" + name + "]}");
  }

  /// Three times what it took, in steps of ten seconds.
  private static String deadline(Duration took) {
    long seconds = Math.max(LEAST.toSeconds(), took.multipliedBy(3).toSeconds());
    return (seconds + 9) / 10 * 10 + "s";
  }
}
