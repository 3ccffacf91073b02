package dev.allclear.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.allclear.agent.config.journey.JourneySettings;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.journey.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    assertEquals("[200, Json[path=$.state, value=booked]]", until.expectations().toString());
    assertEquals(Duration.ofMillis(250), until.every());
    assertEquals(Duration.ofSeconds(12), until.limit());
    assertEquals("[Json[path=$.total, value=10]]", step.expectations().toString());
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

  private Journey journey(String text) throws BadConfig, IOException {
    Path file = folder.resolve("allclear.yaml");
    Files.writeString(
        file,
        """
        services: {shop: {rto: 2m, verify: {journeys: [checkout]}}}
        journeys:
          checkout:
        """
            + text.indent(4));
    JourneySettings settings = Settings.load(file, _ -> null).journeys().get("checkout");
    assertNotNull(settings);
    return settings.journey();
  }
}
