package dev.allclear.agent.cli;

import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.ledger.LedgerFailedException;
import dev.allclear.agent.yaml.BadConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The program: reads the command line and runs one command.
@Command(
    name = "allclear",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = "Measures the time from an outage to verified recovery, against its objective.",
    subcommands = {
      DemoCommand.class,
      WatchCommand.class,
      RunCommand.class,
      CheckCommand.class,
      ProbeCommand.class,
      DnsCommand.class,
      JourneyCommand.class,
      IncidentsCommand.class,
      IncidentCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      TuneCommand.class,
      ClaimCommand.class,
      StepCommand.class,
      VersionCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear demo                          an outage, from break to all clear",
      "  allclear watch https://shop.example/   a stopwatch on one URL, no config",
      "  allclear check config/allclear.yaml    every problem, and what to do",
      "  allclear run -c config/allclear.yaml   the agent",
      "",
      "Exit codes: 0 good, 1 bad verdict, 2 usage or config, 3 refused, 5 inconclusive,",
      "7 allclear's own failure, 130 and 143 interrupted."
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new Main());
    ClaimCommand.complete(
        Objects.requireNonNull(commands.getSubcommands().get("claim"), "claim is a command"));
    commands
        .getSubcommands()
        .values()
        .forEach(each -> each.getCommandSpec().versionProvider(new VersionCommand()));
    return commands
        .setOut(writer(FileDescriptor.out))
        .setErr(writer(FileDescriptor.err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain);
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? One of:");
  }

  private static int refuse(PrintWriter err, @Nullable String message, int exitCode) {
    err.println("allclear: " + message);
    return exitCode;
  }

  private static int explain(Exception e, CommandLine command, ParseResult parsed) {
    return explain(e, command.getErr());
  }

  /// What an operator can act on is one line; anything else is a defect and keeps its stack trace.
  static int explain(Throwable e, PrintWriter err) {
    return switch (e) {
      case ExecutionException failed when failed.getCause() != null ->
          explain(failed.getCause(), err);
      case BadConfig bad -> {
        bad.problems().forEach(err::println);
        yield ExitCode.USAGE;
      }
      case Refusal refusal -> refuse(err, refusal.getMessage(), refusal.exitCode());
      case IOException io -> refuse(err, io.getMessage(), ExitCode.OWN_FAILURE);
      case LedgerException ledger -> refuse(err, ledger.getMessage(), ExitCode.OWN_FAILURE);
      case LedgerFailedException ledger -> refuse(err, ledger.getMessage(), ExitCode.OWN_FAILURE);
      default -> {
        e.printStackTrace(err);
        yield ExitCode.OWN_FAILURE;
      }
    };
  }
}
