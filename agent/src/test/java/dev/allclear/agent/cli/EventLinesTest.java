package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.json.Json;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.probes.Cause;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventLinesTest {
  private static final Event HEALTHY = new Event.Healthy(at(123));
  private static final Event SUSPECTED =
      new Event.Suspected(at(1_006), "detect", Past.ONSET, Cause.CONNECT, "connection refused");

  private final List<String> printed = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aDecisionHasNoBounds() {
    assertEquals(List.of("12:00:00.123  shop         healthy       healthy"), text(HEALTHY));
  }

  @Test
  void whatWasBracketedHasBounds() {
    assertEquals(
        List.of(
            "12:00:00.504  shop         suspected     detect: connection refused  "
                + "[12:00:00.504 (12:00:00.003 to 12:00:01.006)]"),
        text(SUSPECTED));
  }

  @Test
  void anEventMayBeSeveralLines() {
    assertEquals(
        List.of(
            "12:00:00.504  shop         onset         detect: connection refused  "
                + "[12:00:00.504 (12:00:00.003 to 12:00:01.006)]",
            "12:00:01.403  shop         detected      down: detect"),
        text(Past.detected(Past.ONSET, Duration.ofMinutes(2))));
  }

  @Test
  void namesTheRegionOfACellThatIsProbedByItself() {
    Cell cell = new Cell("shop", "west");
    EventLines.text(console(false), printed::add)
        .happened(new Change(cell, HEALTHY), Health.unknown(cell, Map.of()));

    assertEquals(List.of("12:00:00.123  shop/west    healthy       healthy"), printed);
  }

  @Test
  void coloursOnlyOnATerminal() {
    happened(EventLines.text(console(true), printed::add), SUSPECTED);

    assertEquals(
        List.of(
            "\u001b[33m12:00:00.504  shop         suspected    \u001b[0m detect: connection refused"
                + "\u001b[2m  [12:00:00.504 (12:00:00.003 to 12:00:01.006)]\u001b[0m"),
        printed);
  }

  @Test
  void isOneJsonObjectALine() {
    happened(EventLines.json(console(true)), SUSPECTED);

    assertEquals("", err.toString());
    assertEquals(1, out.toString().lines().count());
    assertEquals(
        Map.of(
            "service",
            "shop",
            "region",
            "global",
            "at",
            Map.of("earliest", "2026-01-01T12:00:00.003Z", "latest", "2026-01-01T12:00:01.006Z"),
            "type",
            "suspected",
            "text",
            "detect: connection refused"),
        Json.read(out.toString()));
  }

  private List<String> text(Event event) {
    happened(EventLines.text(console(false), printed::add), event);
    return printed;
  }

  private static void happened(EventLines lines, Event event) {
    lines.happened(new Change(Past.SHOP, event), Health.unknown(Past.SHOP, Map.of()));
  }

  private Console console(boolean colours) {
    return new Console(new PrintWriter(out), new PrintWriter(err), colours);
  }
}
