package dev.allclear.agent.cli;

import dev.allclear.agent.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `allclear version`.
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Prints the version of Allclear and of the Java it runs on.",
    footerHeading = "%nExample:%n",
    footer = "  allclear version")
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(getVersion()[0]);
    return ExitCode.GOOD;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"allclear " + Version.current() + " (Java " + Runtime.version() + ")"};
  }
}
