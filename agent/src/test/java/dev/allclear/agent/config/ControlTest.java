package dev.allclear.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.config.journey.JourneySettings;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.Problem;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.journey.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a journey's steps are conducted, as it is written.
final class ControlTest {

  @TempDir private Path folder;

  @Test
  void aQuarterOfTheDeadlineIsReservedForCleanup() throws BadConfig, IOException {
    Journey journey =
        journey(
            """
            deadline: 20s
            steps: [{post: https://shop.example/orders, capture: {order: {json: $.id}}}]
            cleanup: [{name: cancel, delete: "https://shop.example/orders/${order}"}]
            """);

    assertEquals(Duration.ofSeconds(5), journey.reserve());
    assertEquals("cancel", journey.cleanup().getFirst().name());
    assertEquals(Duration.ofSeconds(5), journey.cleanup().getFirst().conduct().timeout());
  }

  @Test
  void nothingIsReservedWithoutCleanup() throws BadConfig, IOException {
    Journey journey = journey("steps: [{get: https://shop.example/}]");

    assertEquals(Duration.ZERO, journey.reserve());
    assertNull(journey.steps().getFirst().conduct().until());
  }

  @Test
  void theReserveCanBeWritten() throws BadConfig, IOException {
    Journey journey =
        journey(
            """
            deadline: 9s
            reserve: 2s
            steps: [{get: https://shop.example/}]
            cleanup: [{get: https://shop.example/}]
            """);

    assertEquals(Duration.ofSeconds(2), journey.reserve());
    assertEquals(Duration.ofSeconds(7), journey.steps().getFirst().conduct().timeout());
  }

  @Test
  void aStepWaitsUntilSomethingHolds() throws BadConfig, IOException {
    Step step =
        journey(
                """
                steps:
                  - get: https://shop.example/
                    until: {status: 200, json: {$.state: booked}, every: 250ms, limit: 12s}
                    expect: {json: {$.total: 10}}
                """)
            .steps()
            .getFirst();

    Until until = step.conduct().until();
    assertNotNull(until);
    assertEquals(
        "[200, Value[source=Json[path=$.state], predicates=[Equal[document=booked]]]]",
        until.expectations().toString());
    assertEquals(Duration.ofMillis(250), until.every());
    assertEquals(Duration.ofSeconds(12), until.limit());
    assertEquals(
        "[Value[source=Json[path=$.total], predicates=[Equal[document=10]]]]",
        step.expectations().toString());
  }

  @Test
  void itAsksTwiceASecondForTenSecondsUnlessToldOtherwise() throws BadConfig, IOException {
    Until until =
        journey("steps: [{get: https://shop.example/, until: {status: 200}}]")
            .steps()
            .getFirst()
            .conduct()
            .until();

    assertNotNull(until);
    assertEquals(Duration.ofMillis(500), until.every());
    assertEquals(Duration.ofSeconds(10), until.limit());
  }

  @Test
  void groupsAreExpandedWhereTheyAreUsed() throws BadConfig, IOException {
    Journey journey =
        load(
            """
            services: {shop: {rto: 2m, verify: {journeys: [checkout]}}}
            groups:
              login:
                parameters: [user]
                steps:
                  - {name: open, get: "https://shop.example/?${user}"}
                  - {get: "https://shop.example/", capture: {token: {json: $.t}}}
              visit:
                parameters: [who]
                steps:
                  - {use: login, with: {user: "${who}"}}
                  - {name: look, get: "https://shop.example/${token}"}
            journeys:
              checkout:
                steps:
                  - {use: login, with: {user: ada}}
                  - {use: login, with: {user: bob}}
                  - {use: visit, name: as a guest, with: {who: "${token}"}}
                  - {name: mine, get: "https://shop.example/${token}"}
                cleanup: [{use: login, with: {user: eve}}]
            """);

    assertEquals(
        List.of(
            "login: open",
            "login: step 2",
            "login 2: open",
            "login 2: step 2",
            "as a guest: login: open",
            "as a guest: login: step 2",
            "as a guest: look",
            "mine"),
        journey.steps().stream().map(Step::name).toList());
    assertEquals(
        List.of("login 3: open", "login 3: step 2"),
        journey.cleanup().stream().map(Step::name).toList());
    assertEquals(
        "[Given[use=as a guest, arguments={who=${token}}],"
            + " Given[use=as a guest: login, arguments={user=${who}}]]",
        journey.steps().get(4).given().toString());
  }

  @Test
  void groupsSeeWhatTheirJourneySets() throws BadConfig, IOException {
    Journey journey =
        load(
            """
            services: {shop: {rto: 2m, verify: {journeys: [checkout]}}}
            groups:
              order: {steps: [{get: "https://shop.example/${sku}"}]}
            journeys:
              checkout: {vars: {sku: demo-1}, steps: [{use: order}]}
            """);

    assertEquals(Set.of("sku"), journey.steps().getFirst().variables());
  }

  @Test
  void groupsDoNotSeeWhatAnotherJourneySets() throws IOException {
    BadConfig bad =
        assertThrows(
            BadConfig.class,
            () ->
                load(
                    """
                    services: {shop: {rto: 2m, verify: {journeys: [checkout, other]}}}
                    groups:
                      order: {steps: [{get: "https://shop.example/${sku}"}]}
                    journeys:
                      checkout: {vars: {size: 9}, steps: [{use: order}]}
                      other: {vars: {sku: demo-1}, steps: [{use: order}]}
                    """));

    assertEquals(
        List.of(
            folder.resolve("allclear.yaml")
                + ":3:25: no earlier step captures `sku`; write one of: size"),
        bad.problems().stream().map(Problem::toString).toList());
  }

  @Test
  void groupsCannotMakeAMillionSteps() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            services: {shop: {rto: 2m, verify: {journeys: [checkout]}}}
            journeys: {checkout: {steps: [{use: g9}]}}
            groups:
              g0: {steps: [{get: "https://shop.example/"}]}
            """);
    for (int i = 1; i < 10; i++) {
      text.append("  g%d: {steps: [%s]}\n".formatted(i, "{use: g%d}, ".formatted(i - 1).repeat(9)));
    }
    BadConfig bad = assertThrows(BadConfig.class, () -> load(text.toString()));

    assertEquals(
        Set.of("groups make more than 1000 steps of this; use fewer"),
        bad.problems().stream().map(Problem::message).collect(Collectors.toSet()));
  }

  private Journey journey(String text) throws BadConfig, IOException {
    return load(
        """
        services: {shop: {rto: 2m, verify: {journeys: [checkout]}}}
        journeys:
          checkout:
        """
            + text.indent(4));
  }

  private Journey load(String text) throws BadConfig, IOException {
    Path file = folder.resolve("allclear.yaml");
    Files.writeString(file, text);
    JourneySettings settings = Settings.load(file, _ -> null).journeys().get("checkout");
    assertNotNull(settings);
    return settings.journey();
  }
}
