package dev.allclear.agent.sight;

import dev.allclear.agent.config.Control;
import dev.allclear.agent.yaml.HostPort;
import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.DnsAddresses;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.JourneyProbe;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Somebody beyond the agent's own network who answers unless that is lost. `way` is given a
/// time-out, on a thread that may block, and says why there was no answer; empty if there was one.
public record Witness(String name, Function<Duration, String> way) {

  public static Witness of(Control control, Wire wire) {
    return switch (control) {
      case Control.Tcp(String name, HostPort at) ->
          new Witness(name, timeout -> connect(at, DnsAddresses.system(wire), timeout));
      case Control.Web(String name, URI url) ->
          new Witness(name, timeout -> get(url, wire.clock(), DnsAddresses.system(wire), timeout));
      case Control.Dns(String name, Server server) ->
          new Witness(name, timeout -> look(server, wire, timeout));
    };
  }

  private static String connect(HostPort at, Addresses addresses, Duration timeout) {
    try (Socket socket = new Socket()) {
      InetSocketAddress to = new InetSocketAddress(addresses.of(at.host()).getFirst(), at.port());
      socket.connect(to, (int) timeout.toMillis());
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Whatever it says proves that the way to it works.
  private static String get(URI url, Clock clock, Addresses addresses, Duration timeout) {
    Step step = Step.of("ask", Action.get(Template.literal(url.toString())), timeout);
    Journey journey = Journey.of("control", timeout, List.of(step));
    Observation seen = new JourneyProbe(journey, Depth.SHALLOW, clock, addresses).run();
    boolean answered =
        seen.steps().stream()
            .map(StepRun::reply)
            .anyMatch(reply -> reply instanceof Reply.Http http && http.status() > 0);
    return answered ? "" : why(seen.outcome());
  }

  private static String look(Server server, Wire wire, Duration timeout) {
    StepRun step =
        new Lookup(timeout, wire).ask(new Question(".", "NS"), List.of(server)).getFirst();
    boolean answered = step.reply() instanceof Reply.Dns dns && !dns.rcode().isEmpty();
    return answered ? "" : why(step.outcome());
  }

  private static String why(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(var _, String detail) -> detail;
      case Outcome.Inconclusive(String reason) -> reason;
      case Outcome.Slow(String detail) -> detail;
      case Outcome.Passed() -> "no answer";
    };
  }
}
