package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.run;
import static dev.allclear.probes.journey.Trial.template;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the steps of groups are given.
final class ScopesTest {

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().addHeader("X-Token", "t1").build();
          }
        });
    Trial.start(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url(String path) {
    return "http://shop.example:" + server.getPort() + path;
  }

  private static Given given(String use, String name, String value) {
    return new Given(use, Map.of(name, template(value)));
  }

  private List<String> targets() throws InterruptedException {
    List<String> targets = new ArrayList<>();
    for (int i = server.getRequestCount(); i > 0; i--) {
      targets.add(server.takeRequest().getTarget());
    }
    return targets;
  }

  @Test
  void argumentsEndWithTheGroupAndCapturesStay() throws InterruptedException {
    Step hello =
        get(url("/hello/${user}")).capture("token", Source.header("X-Token")).named("hello");
    Observation seen =
        run(
            get(url("/")).capture("user", Source.header("X-Token")).named("open"),
            hello.inside(given("ada", "user", "ada")),
            get(url("/mine/${user}/${token}")).named("mine"),
            hello.inside(given("eve", "user", "eve-${user}")));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(
        List.of("open", "ada: hello", "mine", "eve: hello"),
        seen.steps().stream().map(StepRun::name).toList());
    assertEquals(List.of("/", "/hello/ada", "/mine/t1/t1", "/hello/eve-t1"), targets());
  }

  @Test
  void anInnerGroupIsGivenWhatTheOuterOneWas() throws InterruptedException {
    Step inner = get(url("/${user}")).named("open");
    Given wrapped = given("login", "user", "x-${user}");
    Step nested = inner.inside(wrapped).inside(given("shop", "user", "ada"));
    Step after = get(url("/${user}")).named("after").inside(given("shop", "user", "ada"));
    Observation seen = run(nested, after);

    assertEquals(
        List.of("shop: login: open", "shop: after"),
        seen.steps().stream().map(StepRun::name).toList());
    assertEquals(List.of("/x-ada", "/ada"), targets());
    assertEquals(Set.of(), nested.variables());
  }

  @Test
  void whatAnArgumentNeedsMustBeKnown() {
    Observation seen =
        run(get(url("/${user}")).named("open").inside(given("login", "user", "${id}")));

    assertEquals(Outcome.fail(Cause.EXTRACT, "no value for id"), seen.outcome());
  }

  @Test
  void secretsAmongTheArgumentsAreMasked() {
    Step step = get(url("/${user}")).named("open");
    Observation seen = run(step.inside(given("login", "user", "${env:PROBE_USER}")));

    assertEquals("GET " + url("/***"), Trial.http(seen, 0).request());
  }
}
