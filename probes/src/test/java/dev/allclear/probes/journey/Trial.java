package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockWebServer;

/// Builds and runs journeys against loopback servers.
final class Trial {

  static final Clock CLOCK = () -> new Moment(Instant.now(), System.nanoTime(), 1);
  static final Addresses LOOPBACK = _ -> List.of(InetAddress.getLoopbackAddress());
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PROBE_USER",
          "mara@shop.example",
          "PROBE_PASSWORD",
          "p&ss \"w0rd\"/ü",
          "SHORT",
          "abc",
          "LONG",
          "0123456789abcdefghijklmnopqrstuvwxyz");

  private Trial() {}

  /// On 127.0.0.1, where {@link #LOOPBACK} leads.
  static void start(MockWebServer server) throws IOException {
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  static Template template(String text) {
    return Template.parse(text, ENVIRONMENT::get);
  }

  static Observation run(Step... steps) {
    return run(LOOPBACK, steps);
  }

  static Observation run(Addresses addresses, Step... steps) {
    return run(probe(Duration.ofMinutes(2), addresses, steps));
  }

  static Observation run(JourneyProbe probe) {
    return CompletableFuture.supplyAsync(probe::run, Thread.ofVirtual()::start).join();
  }

  static JourneyProbe probe(Duration deadline, Addresses addresses, Step... steps) {
    return probe(CLOCK, deadline, addresses, steps);
  }

  static JourneyProbe probe(Clock clock, Duration deadline, Addresses addresses, Step... steps) {
    Journey journey = Journey.of("checkout", deadline, List.of(steps));
    return new JourneyProbe(journey, Depth.DEEP, clock, addresses);
  }

  /// Has a port of every address to itself, so that nobody can listen on it, and does not either.
  static Socket deaf() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(0));
    return socket;
  }

  static Outcome failed(Cause cause, String detail) {
    return Outcome.fail(cause, detail);
  }

  static Reply.Http http(Observation observation, int step) {
    return (Reply.Http) observation.steps().get(step).reply();
  }

  static Draft get(Object url) {
    return new Draft("GET", url);
  }

  static Draft post(Object url) {
    return new Draft("POST", url);
  }

  static Draft socket(Object url) {
    return new Draft("SOCKET", url);
  }

  /// A step in the making.
  static final class Draft {
    private final String method;
    private final Object url;
    private final Map<String, Template> headers = new LinkedHashMap<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private final List<Capture> captures = new ArrayList<>();
    private final Map<String, Template> query = new LinkedHashMap<>();
    private final Map<String, Template> cookies = new LinkedHashMap<>();
    private final List<Template> messages = new ArrayList<>();
    private Auth auth = Auth.none();
    private Body body = Body.none();
    private Duration timeout = Duration.ofMinutes(1);

    Draft(String method, Object url) {
      this.method = method;
      this.url = url;
    }

    Draft header(String name, String value) {
      headers.put(name, template(value));
      return this;
    }

    Draft query(String name, String value) {
      query.put(name, template(value));
      return this;
    }

    Draft cookie(String name, String value) {
      cookies.put(name, template(value));
      return this;
    }

    Draft as(Auth who) {
      auth = who;
      return this;
    }

    Draft send(String message) {
      messages.add(template(message));
      return this;
    }

    Draft body(Body content) {
      body = content;
      return this;
    }

    Draft expect(Expectation expectation) {
      expectations.add(expectation);
      return this;
    }

    Draft capture(String variable, Source source) {
      captures.add(new Capture(variable, source, false));
      return this;
    }

    Draft captureSecret(String variable, Source source) {
      captures.add(new Capture(variable, source, true));
      return this;
    }

    Draft within(Duration length) {
      timeout = length;
      return this;
    }

    Step named(String name) {
      Head head =
          Head.of(template(url.toString()))
              .withQuery(query)
              .withHeaders(headers)
              .withCookies(cookies)
              .withAuth(auth);
      Action action =
          method.equals("SOCKET")
              ? new Action.Socket(head, messages)
              : new Action.Http(method, head, body);
      return Step.of(name, action, timeout).expecting(expectations).capturing(captures);
    }

    Step step() {
      return named("step");
    }
  }
}
