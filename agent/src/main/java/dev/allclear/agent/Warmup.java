package dev.allclear.agent;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.JourneyProbe;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// A journey to ourselves and back, since the first one loads classes for a tenth of a second,
/// which must not be charged to a target.
public final class Warmup {

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

  private Warmup() {}

  /// All works without it, only the first run is slower: a failure is nothing to stop for.
  public static Outcome run(Clock clock) {
    return run(clock, LIMIT);
  }

  /// The same over the wire.
  public static Outcome run(Wire wire) {
    return run(wire.clock(), LIMIT, probe -> probe.over(wire));
  }

  static Outcome run(Clock clock, Duration limit) {
    return run(clock, limit, probe -> probe);
  }

  private static Outcome run(Clock clock, Duration limit, UnaryOperator<JourneyProbe> carried) {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout((int) limit.toMillis());
      Thread.ofVirtual().name("warm-up").start(() -> answer(server));
      Template url = Template.literal("http://127.0.0.1:%d/".formatted(server.getLocalPort()));
      Journey journey =
          Journey.of("warm-up", limit, List.of(Step.of("ask", Action.get(url), limit)));
      return carried
          .apply(
              new JourneyProbe(journey, Depth.DEEP, clock, _ -> List.of(server.getInetAddress())))
          .run()
          .outcome();
    } catch (IOException e) {
      return Outcome.inconclusive("no socket of our own: " + e.getMessage());
    }
  }

  private static void answer(ServerSocket server) {
    try (Socket socket = server.accept();
        BufferedReader head =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      long _ = head.lines().takeWhile(line -> !line.isEmpty()).count();
      socket.getOutputStream().write(ANSWER);
    } catch (IOException _) {
      // The journey says what became of it.
    }
  }
}
